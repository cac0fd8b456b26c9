internal import ArgumentParser
internal import Console
internal import Cryptography
internal import RecordFiles
internal import Resolution

/// `idctl federation key`: the public key that a node's reports and ledger are proved by, for the level above.
struct FederationKeyCommand: IdctlCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "key",
            abstract: Speech.words("Write the key that proves a node's reports.", "导出验证上报的公钥。"),
            discussion: Speech.examples(
                "idctl federation key --config node.toml report.pem",
                "idctl federation key --data /var/lib/hanjiang"
            )
        )
    }

    @OptionGroup var node: NodeOptions

    @Argument(help: Speech.help("The file, or - for standard output.", "文件，或 - 表示标准输出。"), completion: .file())
    var file = "-"

    @OptionGroup var speech: SpeechOptions

    func perform(_ session: Session) throws(CommandFailure) -> ProgramExit {
        let source = try LedgerOpening.source(of: node, session)
        guard let identity = try source.identities().last else {
            throw CommandFailure(.noLedger(source.name), exit: .notFound)
        }
        let text = PEMBlock(label: PEMBlock.publicKeyLabel, bytes: identity.publicKey).text()
        guard file != "-" else {
            try session.write(text)
            return .done
        }
        do throws(RecordFileError) {
            let output = try ExportFile(path: file)
            try output.sink.append(text)
            try output.keep()
        } catch {
            throw CommandFailure(.recordFile(error, path: file))
        }
        return .done
    }
}
