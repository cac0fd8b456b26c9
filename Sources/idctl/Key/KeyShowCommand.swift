internal import ArgumentParser
internal import Authentication
internal import Console
internal import Cryptography

/// `idctl key show`: what of a key is registered. Never shows what is secret.
struct KeyShowCommand: IdctlCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "show",
            abstract: Speech.words("Show a key's public half.", "查看密钥的公开部分。"),
            discussion: Speech.examples(
                "idctl key show admin.pem",
                "idctl key show admin.pem.pub --json"
            )
        )
    }

    @Argument(help: Speech.help("A private or a public key.", "私钥或公钥文件。"), completion: .file())
    var file: String

    @Option(help: Speech.help("The passphrase of an encrypted key.", "加密密钥的口令文件。", name: "file"), completion: .file())
    var passphraseFile: String?

    @Flag(help: Speech.help("Print JSON.", "输出 JSON。"))
    var json = false

    @OptionGroup var speech: SpeechOptions

    func perform(_ session: Session) throws(CommandFailure) -> ProgramExit {
        let report = try KeyReport(key())
        if json { try session.write(report.json) } else { try session.print(report.lines(session)) }
        return .done
    }

    private func key() throws(CommandFailure) -> PublicKey {
        if let key = try? PublicKey.registered(try SmallFile.read(file)) { return key }
        return try KeyOpening.privateKey(file, passphraseFile: passphraseFile).publicKey
    }
}
