internal import EventLoop
internal import NodeConfiguration
internal import ResolutionProtocol
internal import Transport

/// The node's own site record, from the configuration and the listeners: the answer to "get site info".
struct SiteRecord {
    let site: SiteInfo

    init(_ configuration: NodeConfiguration, plans: [ListenerPlan], publicKey: [UInt8]) {
        let section = configuration.site
        let description = section.description.isEmpty ? configuration.node.name : section.description
        let attributes =
            description.isEmpty ? [] : [SiteAttribute(name: Array("desc".utf8), value: Array(description.utf8))]
        // The protocol knows no interface that speaks TLS (security.md §8).
        let plans = plans.filter { $0.tls == nil }
        let addresses = section.publicAddresses.map { NodeSettings.address($0, port: 0) }
        let fallback = plans.map(\.address).filter { !$0.isWildcard }
        let own = (addresses.isEmpty ? Array(fallback.prefix(1)) : addresses)
        site = SiteInfo(
            serialNumber: UInt16(clamping: section.serial),
            isPrimary: section.isPrimary,
            hashOption: Self.hashOption(section),
            attributes: attributes,
            servers: own.prefix(1).map { address in
                SiteServer(
                    serverID: 1,
                    address: Self.bytes(address),
                    publicKey: publicKey,
                    interfaces: Self.interfaces(configuration, plans: plans)
                )
            }
        )
    }

    private static func hashOption(_ section: SiteSection) -> SiteInfo.HashOption {
        switch section.hashOption {
        case .byPrefix: .byPrefix
        case .bySuffix: .bySuffix
        case .byAll: .byAll
        }
    }

    /// Sixteen bytes, an IPv4 address behind twelve zeros (data-model.md §5).
    static func bytes(_ address: SocketAddress) -> [UInt8] {
        guard !address.isIPv6 else { return address.bytes }
        return [UInt8](repeating: 0, count: 12) + address.bytes.suffix(4)
    }

    /// TCP first: the national SDK connects to the first TCP interface of the first site. UDP is for queries only.
    private static func interfaces(
        _ configuration: NodeConfiguration,
        plans: [ListenerPlan]
    ) -> [ServerInterface] {
        let section = configuration.site
        let tcp = plans.first(where: \.isTCP).map { section.tcpPort == 0 ? Int($0.address.port) : section.tcpPort }
        let udp = plans.first(where: \.isUDP).map { section.udpPort == 0 ? Int($0.address.port) : section.udpPort }
        let administration = configuration.administration
        let isAdministered = administration.isEnabled && administration.transport == .any
        return [
            tcp.map {
                ServerInterface(
                    kind: isAdministered ? .both : .query,
                    transport: .tcp,
                    port: UInt32(clamping: $0)
                )
            },
            udp.map { ServerInterface(kind: .query, transport: .udp, port: UInt32(clamping: $0)) },
        ].compactMap { $0 }
    }
}
