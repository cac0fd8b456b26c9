internal import ArgumentParser
internal import Console
internal import Cryptography

/// `idctl key new`: a new key in a file of its owner's, and its public half beside it.
struct KeyNewCommand: IdctlCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "new",
            abstract: Speech.words("Make a key.", "生成密钥。"),
            discussion: Speech.examples(
                "idctl key new --type sm2 --out admin.pem",
                "idctl key new --type rsa --bits 4096 --passphrase-file passphrase --out admin.pem"
            ) + "\n\n"
                + Speech.words(
                    "FILE gets the private key (PKCS#8, for its owner alone), FILE.pub the public one.",
                    "私钥写入 文件（PKCS#8，仅所有者可读），公钥写入 文件.pub。"
                )
        )
    }

    /// Kinds that can be made.
    enum Kind: String, CaseIterable, ExpressibleByArgument {
        case rsa
        case ed25519
        case sm2

        var keyKind: KeyKind {
            switch self {
            case .rsa: .rsa
            case .ed25519: .ed25519
            case .sm2: .sm2
            }
        }
    }

    @Option(help: Speech.help("Kind of key.", "密钥类型。"))
    var type: Kind

    @Option(help: Speech.help("Bits of an RSA key: 2048 to 8192 (default 3072).", "RSA 密钥位数：2048 至 8192（默认 3072）。"))
    var bits: Int?

    @Option(
        help: Speech.help("Encrypt it under the passphrase in this file.", "用此文件中的口令加密。", name: "file"),
        completion: .file()
    )
    var passphraseFile: String?

    @Option(help: Speech.help("Where the private key goes.", "私钥写入的文件。", name: "file"), completion: .file())
    var out: String

    @Flag(help: Speech.help("Print JSON.", "输出 JSON。"))
    var json = false

    @OptionGroup var speech: SpeechOptions

    func validate() throws {
        guard let bits else { return }
        guard type == .rsa else {
            throw ValidationError(Speech.words("--bits is for RSA keys", "--bits 只用于 RSA 密钥"))
        }
        guard (2_048...8_192).contains(bits) else {
            throw ValidationError(Speech.words("--bits: 2048 to 8192", "--bits 应为 2048 至 8192"))
        }
    }

    func perform(_ session: Session) throws(CommandFailure) -> ProgramExit {
        let passphrase = try passphraseFile.map { (file) throws(CommandFailure) in try SecretFile.readLine(file) }
        let key: PrivateKey
        let (text, publicText): ([UInt8], [UInt8])
        do throws(OpenSSLError) {
            key = try PrivateKey.generate(type.keyKind, bitCount: type == .rsa ? bits ?? 3_072 : nil)
            text = try key.pem(passphrase: passphrase)
            let info = try key.publicKey.subjectPublicKeyInfo()
            publicText = PEMBlock(label: PEMBlock.publicKeyLabel, bytes: info).text()
        } catch {
            throw CommandFailure(.keyLibrary(error))
        }
        let report = try KeyReport(key.publicKey)
        try SecretFile.createPair(out, text, publicText: publicText)
        if json {
            try session.write(report.json)
        } else {
            try session.print(report.lines(session))
            session.note(nextStep(session))
        }
        return .done
    }

    /// Which file goes to whom: the private one is not to be sent along by mistake.
    private func nextStep(_ session: Session) -> String {
        let file = TerminalText.safe(out)
        return session.words(
            "\(file) stays with you; \(file).pub is for the node's operator: "
                + "idctl prefix allot PREFIX --admin-key \(file).pub --config FILE\n",
            "\(file) 由您自己保管；\(file).pub 交给节点运维人员：idctl prefix allot 前缀 --admin-key \(file).pub --config 文件\n"
        )
    }
}
