internal import ArgumentParser
internal import Console
internal import Cryptography
internal import Resolution

/// `idctl ledger verify`: checks every digest, signature, day and sum of a ledger, and recounts it where the counts are
/// at hand.
struct LedgerVerifyCommand: IdctlCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "verify",
            abstract: Speech.words("Check every entry of a ledger and recount it.", "核验账本的每条条目并重新计数。"),
            discussion: Speech.words(
                """
                Examples:
                  idctl ledger verify audit.ledger --key node-ledger.pem.pub
                  idctl ledger verify --config node.toml

                Ends with 5 where something is wrong, and says entry, day, field and byte. Without --key the first key
                that the ledger names is believed: compare its fingerprint with the one the node's operator gives you.
                """,
                """
                示例：
                  idctl ledger verify audit.ledger --key node-ledger.pem.pub
                  idctl ledger verify --config node.toml

                有误时退出码为 5，并指出条目、日期、字段和字节位置。不指定 --key 时采信账本中的第一个公钥，
                请与节点运营者提供的指纹核对。
                """
            )
        )
    }

    /// Findings that are told one by one.
    private static let toldCountMax = 50

    @OptionGroup var ledger: LedgerOptions

    @Option(
        help: Speech.help("A public key that may have signed; may be given again.", "可信的签名公钥，可多次指定。", name: "file"),
        completion: .file()
    )
    var key: [String] = []

    @Flag(help: Speech.help("Print JSON.", "输出 JSON。"))
    var json = false

    @OptionGroup var speech: SpeechOptions

    func perform(_ session: Session) throws(CommandFailure) -> ProgramExit {
        Interruption.takeOn()
        let trusted = try Set(key.map { (path) throws(CommandFailure) in try LedgerFingerprint.ofKey(in: path) })
        let check: LedgerCheckRun
        if let file = ledger.file {
            check = try LedgerCheckRun.ofFile(file, trusted: trusted)
        } else {
            check = try LedgerCheckRun.ofNode(try ledger.source(session), trusted: trusted)
        }
        for finding in check.verification.findings.prefix(Self.toldCountMax) {
            session.tell(.ledgerFinding(finding, in: check.name))
        }
        let isSound = check.verification.summary.findingCount == 0
        if json {
            try session.write(LedgerCheckReport(check).json())
        } else {
            try session.conclude(LedgerCheckReport(check).lines(session), isAllWell: isSound)
        }
        return isSound ? .done : .conflict
    }
}

/// By what people compare keys.
enum LedgerFingerprint {
    /// The SHA-256 of the public key in the file at `path`.
    static func ofKey(in path: String) throws(CommandFailure) -> [UInt8] {
        guard let key = try? PublicKey(pem: try SmallFile.read(path)), let bytes = try? key.subjectPublicKeyInfo(),
            let digest = try? Digest.sha256.digest(of: bytes)
        else { throw CommandFailure(.notAPublicKey(path)) }
        return digest
    }
}
