internal import EventLoop
internal import ResolutionProtocol

/// The site record that says who keeps a delegated prefix.
enum DelegationSite {
    /// A site of one server that answers queries on UDP and TCP at `address`.
    static func siteInfo(_ address: SocketAddress) -> SiteInfo {
        let interfaces = [ServerInterface.TransportProtocol.udp, .tcp].map {
            ServerInterface(kind: .query, transport: $0, port: UInt32(address.port))
        }
        let server = SiteServer(serverID: 1, address: ServerAddress.bytes(of: address), interfaces: interfaces)
        return SiteInfo(serialNumber: 1, servers: [server])
    }
}
