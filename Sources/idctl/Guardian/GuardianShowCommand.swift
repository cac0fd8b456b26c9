internal import ArgumentParser
internal import Console
internal import ResolutionProtocol

/// `idctl guardian show`: the addresses that a running node watches, and how they stand.
struct GuardianShowCommand: IdctlCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "show",
            abstract: Speech.words("Show the addresses that do not answer.", "查看无应答的地址。"),
            discussion: Speech.words(
                """
                Examples:
                  idctl guardian show --config node.toml
                  idctl guardian show --data /var/lib/hanjiang --all --json

                Asks the running node. Without --all, addresses that answer are left out.
                """,
                """
                示例：
                  idctl guardian show --config node.toml
                  idctl guardian show --data /var/lib/hanjiang --all --json

                向运行中的节点查询。不加 --all 时略去应答正常的地址。
                """
            )
        )
    }

    @OptionGroup var node: NodeOptions

    @Flag(help: Speech.help("Addresses that answer too.", "也列出应答正常的地址。"))
    var all = false

    @Flag(help: Speech.help("Print the node's JSON, with all addresses.", "输出节点的 JSON（含全部地址）。"))
    var json = false

    @OptionGroup var speech: SpeechOptions

    func perform(_ session: Session) throws(CommandFailure) -> ProgramExit {
        let socket = try node.places().controlSocket
        let text = try ControlAsking.ask(socket, .guardian)
        guard let report = JSONTree(text), case .object = report else {
            throw CommandFailure(.unreadableStatus(socket))
        }
        if json {
            try session.write(text + [0x0A])
        } else {
            try session.print(GuardianListing(report, language: session.language).lines(all: all))
        }
        return .done
    }
}
