internal import ArgumentParser
internal import Console
internal import EventLoop
internal import ResolutionProtocol

/// `idctl prefix delegate`: another node keeps these prefixes; this one says which.
struct PrefixDelegateCommand: IdctlCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "delegate",
            abstract: Speech.words("Refer the askers of prefixes to another node.", "把前缀委派给另一节点。"),
            discussion: Speech.examples(
                "idctl prefix delegate 88.118.9 --site 192.0.2.7:2641 --config node.toml",
                "idctl prefix delegate 88.118.9 --address 192.0.2.7 --tcp 2641 --udp 2641 --config node.toml"
            )
        )
    }

    @OptionGroup var choice: PrefixChoice

    @Option(help: Speech.help("The other node's address, for TCP and UDP.", "另一节点的地址（TCP 与 UDP）。", name: "host:port"))
    var site: String?

    @Option(
        help: Speech.help(
            "An address of the other node, IPv4 or IPv6, the best one first; may be repeated.",
            "另一节点的 IPv4 或 IPv6 地址，最佳者在前，可重复。",
            name: "address"
        )
    )
    var address: [String] = []

    @Option(help: Speech.help("Its TCP port (with --address).", "其 TCP 端口（与 --address 同用）。", name: "port"))
    var tcp: UInt16?

    @Option(help: Speech.help("Its UDP port, for queries.", "其 UDP 端口，仅用于解析。", name: "port"))
    var udp: UInt16?

    @Option(help: Speech.help("Its HTTP port.", "其 HTTP 端口。", name: "port"))
    var http: UInt16?

    @Option(help: Speech.help("The service identifier of the other node.", "另一节点的服务标识。", name: "identifier"))
    var serv: String?

    @OptionGroup var speech: SpeechOptions

    func validate() throws {
        guard [site != nil, serv != nil, !address.isEmpty].count(where: { $0 }) == 1 else {
            throw ValidationError(
                Speech.words("give --site, --serv or --address, one of them", "请给出 --site、--serv 或 --address 之一")
            )
        }
        guard address.isEmpty ? tcp == nil && udp == nil && http == nil : tcp != nil else {
            throw ValidationError(Speech.words("--address needs --tcp PORT", "--address 需要 --tcp 端口"))
        }
    }

    func perform(_ session: Session) throws(CommandFailure) -> ProgramExit {
        let sites = try targets()
        let prefixes = try choice.chosen()
        let counts = try PrefixKeeper.with(choice.node) { (keeper) throws(CommandFailure) in
            try PrefixChanges(keeper, origin: "idctl prefix delegate").delegate(prefixes, to: sites)
        }
        try session.print([
            session.words(
                "delegated \(TextCount.grouped(counts.added)), changed \(TextCount.grouped(counts.kept))",
                "新委派 \(TextCount.grouped(counts.added))，更新 \(TextCount.grouped(counts.kept))"
            )
        ])
        return .done
    }

    private func targets() throws(CommandFailure) -> [HandleValue] {
        DelegationSite.withDerivedPrefixes(try routes())
    }

    private func routes() throws(CommandFailure) -> [HandleValue] {
        let timestamp = UInt32(truncatingIfNeeded: SystemClock.coarseRealtimeSeconds())
        if let serv {
            guard (try? Identifier(Array(serv.utf8))) != nil else {
                let expected = LocalizedText(english: "an identifier", chinese: "一个标识")
                throw CommandFailure(.unusableArgument("--serv", value: serv, expected: expected), exit: .usage)
            }
            return [HandleValue(index: 3, timestamp: timestamp, type: ValueType.service, data: Array(serv.utf8))]
        }
        var sites: [SiteInfo] = []
        if let site { sites = [DelegationSite.siteInfo(try ServerChoice.address(text: site))] }
        for text in address {
            sites.append(DelegationSite.siteInfo(try Self.address(text), tcp: tcp ?? 0, udp: udp, http: http))
        }
        return DelegationSite.values(sites, timestamp: timestamp)
    }

    private static func address(_ text: String) throws(CommandFailure) -> SocketAddress {
        let literal = text.utf8.contains(UInt8(ascii: ":")) && !text.hasPrefix("[") ? "[\(text)]" : text
        if let address = try? SocketAddress(text: literal, defaultPort: 0) { return address }
        let expected = LocalizedText(english: "an IPv4 or IPv6 address", chinese: "IPv4 或 IPv6 地址")
        throw CommandFailure(.unusableArgument("--address", value: text, expected: expected), exit: .usage)
    }
}
