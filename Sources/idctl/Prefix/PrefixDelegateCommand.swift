internal import ArgumentParser
internal import Console
internal import EventLoop
internal import ResolutionProtocol
internal import StorageLMDB

/// `idctl prefix delegate`: another node keeps these prefixes; this one says which.
struct PrefixDelegateCommand: IdctlCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "delegate",
            abstract: Speech.words("Refer the askers of prefixes to another node.", "把前缀委派给另一节点。")
        )
    }

    @OptionGroup var choice: PrefixChoice

    @Option(help: Speech.help("The other node's address.", "另一节点的地址。", name: "host:port"))
    var site: String?

    @Option(help: Speech.help("The service identifier of the other node.", "另一节点的服务标识。", name: "identifier"))
    var serv: String?

    @OptionGroup var speech: SpeechOptions

    func validate() throws {
        guard (site == nil) != (serv == nil) else {
            throw ValidationError(Speech.words("give --site or --serv", "请给出 --site 或 --serv 之一"))
        }
    }

    func perform(_ session: Session) throws(CommandFailure) -> ProgramExit {
        let value = try target()
        let prefixes = try choice.chosen()
        let store = try StoreOpening.open(choice.data)
        defer { store.close() }
        let counts = try PrefixChanges(store, origin: "idctl prefix delegate").delegate(prefixes, to: value)
        try session.print([
            session.words(
                "delegated \(TextCount.grouped(counts.added)), changed \(TextCount.grouped(counts.kept))",
                "新委派 \(TextCount.grouped(counts.added))，更新 \(TextCount.grouped(counts.kept))"
            )
        ])
        return .done
    }

    private func target() throws(CommandFailure) -> HandleValue {
        let timestamp = UInt32(truncatingIfNeeded: SystemClock.coarseRealtimeSeconds())
        if let serv {
            guard (try? Identifier(Array(serv.utf8))) != nil else {
                let expected = LocalizedText(english: "an identifier", chinese: "一个标识")
                throw CommandFailure(.unusableArgument("--serv", value: serv, expected: expected), exit: .usage)
            }
            return HandleValue(index: 3, timestamp: timestamp, type: ValueType.service, data: Array(serv.utf8))
        }
        let address = try ServerChoice.address(text: site ?? "")
        return HandleValue(
            index: 3,
            timestamp: timestamp,
            type: ValueType.site,
            data: DelegationSite.siteInfo(address).wire
        )
    }
}
