internal import ArgumentParser
internal import Console
internal import EventLoop
internal import NodeConfiguration
internal import Resolution
internal import ResolutionProtocol

/// The flags that say what a code is, and who is asked about those of other systems.
struct SchemeOptions: ParsableArguments {
    /// Under which OIDs lie (X.672).
    static let oidRootDefault = "oid-res.org"
    static let namePortDefault: UInt16 = 53

    @Option(
        help: Speech.help(
            "What the label says it is: handle, vaa, oid, did-bid, ecode, gs1.",
            "标签所示的编码类型：handle、vaa、oid、did-bid、ecode、gs1。",
            name: "scheme"
        )
    )
    var scheme: String?

    @Option(help: Speech.help("The prefix of a code that has none.", "无前缀编码的默认前缀。", name: "prefix"))
    var defaultPrefix: String?

    @Option(help: Speech.help("The name server to ask about OIDs.", "查询 OID 的域名服务器。", name: "host:port"))
    var dnsResolver: String?

    @Option(
        help: Speech.help("The domain under which OIDs lie (oid-res.org).", "OID 所在的根域名（oid-res.org）。", name: "domain")
    )
    var oidRoot: String?

    /// A name server, and what named it.
    struct Resolver {
        let address: SocketAddress
        let origin: String
    }

    /// What is known of a code beside its text.
    func recognitionSettings() throws(CommandFailure) -> RecognitionSettings {
        var settings = RecognitionSettings(codingType: try codingType())
        guard let given = try given(.defaultPrefix, defaultPrefix) else { return settings }
        let prefix = Array(given.text.utf8)
        guard (try? Identifier(prefix)) != nil, !prefix.contains(UInt8(ascii: "/")) else {
            throw Self.unusable(given, .defaultPrefix)
        }
        settings.defaultPrefix = prefix
        return settings
    }

    private static let schemes: [(name: String, type: CodingType)] = [
        ("handle", .handle), ("vaa", .vaa), ("oid", .oid), ("did-bid", .didBID), ("ecode", .ecode), ("gs1", .gs1),
    ]

    private func codingType() throws(CommandFailure) -> CodingType? {
        guard let scheme else { return nil }
        let folded = ASCIIFolding.uppercased(scheme)
        if let known = Self.schemes.first(where: { ASCIIFolding.uppercased($0.name) == folded }) { return known.type }
        let names = Self.schemes.map(\.name)
        let expected = LocalizedText(
            english: "one of \(names.joined(separator: ", "))",
            chinese: "以下之一：\(names.joined(separator: "、"))"
        )
        throw CommandFailure(.unusableArgument("--scheme", value: scheme, expected: expected), exit: .usage)
    }

    /// The name server that is asked about OIDs; nil: none is configured.
    func resolver() throws(CommandFailure) -> Resolver? {
        guard let given = try given(.dnsResolver, dnsResolver) else { return nil }
        // By its address: a name would have to be looked up by another name server.
        guard let address = try? SocketAddress(text: given.text, defaultPort: Self.namePortDefault) else {
            throw Self.unusable(given, .dnsResolver)
        }
        return Resolver(address: address, origin: given.name(of: .dnsResolver))
    }

    /// The domain under which OIDs lie, without a point at its end.
    func root() throws(CommandFailure) -> String {
        guard let given = try given(.oidRoot, oidRoot) else { return Self.oidRootDefault }
        guard DomainName.labels(Array(given.text.utf8))?.isEmpty == false else { throw Self.unusable(given, .oidRoot) }
        return given.text.hasSuffix(".") ? String(given.text.dropLast()) : given.text
    }

    private func given(_ setting: ProfileSetting, _ flag: String?) throws(CommandFailure) -> GivenSetting? {
        if let flag { return GivenSetting(flag, .flag) }
        let settings = try Settings.current.checked()
        return settings.environment[setting] ?? settings.profile[setting]
    }

    private static func unusable(_ given: GivenSetting, _ setting: ProfileSetting) -> CommandFailure {
        let expected = LocalizedText(setting.expectation)
        return CommandFailure(
            .unusableArgument(given.name(of: setting), value: given.text, expected: expected),
            exit: .usage
        )
    }
}
