import EventLoop
import Resolution
import ResolutionClient
import ResolutionProtocol

/// A top-level node, a secondary node below it, and an enterprise node below that, each a process, with a record each.
final class FederatedNodes {
    static let names = (
        top: "88/top-1", secondary: "88.118/pump-1", enterprise: "88.118.8/bottle-1", missing: "88.118.8/none"
    )

    let top: NodeProcess
    let secondary: NodeProcess
    private(set) var enterprise: NodeProcess

    /// The values of the enterprise's records are good for `ttlSeconds`. All nodes listen at `host`.
    init(ttlSeconds: Int32 = 600, host: String = "127.0.0.1") throws {
        // It keeps its port when it is started again.
        let port = host.contains(":") ? 0 : try Loopback.steadyPort()
        let listener = NodeDirectory.Listener(host: host, port: port)
        let anyPort = NodeDirectory.Listener(host: host)
        let plant = try NodeDirectory(prefix: "88.118.8", role: "enterprise", listeners: [listener])
        try plant.fill(records: [Self.record(Self.names.enterprise, ttlSeconds: ttlSeconds)])
        enterprise = try NodeProcess(plant)
        let middle = try NodeDirectory(prefix: "88.118", listeners: [anyPort])
        try middle.fill(
            delegated: ["88.118.8"],
            records: [Self.record(Self.names.secondary), Self.delegation(of: "88.118.8", to: enterprise.address)]
        )
        secondary = try NodeProcess(middle)
        let root = try NodeDirectory(prefix: "88", role: "top", listeners: [anyPort])
        try root.fill(
            delegated: ["88.118"],
            records: [Self.record(Self.names.top), Self.delegation(of: "88.118", to: secondary.address)]
        )
        top = try NodeProcess(root)
    }

    /// Has the secondary node tell where the enterprise node is, with `publicKey` as its key; nil: its own.
    func publishEnterprise(publicKey: [UInt8]? = nil) throws {
        let key = try publicKey ?? Self.publicKey(of: enterprise)
        let record = Self.delegation(of: "88.118.8", to: enterprise.address, publicKey: key)
        _ = try OperatorClient(secondary.control).create(record.name, record.values, overwrites: true)
    }

    /// The key that `node` signs with, as its site record has it.
    static func publicKey(of node: NodeProcess) throws -> [UInt8] {
        let asker = try NodeAsker(node.address, .tcp)
        let request = Message(
            envelope: Envelope(requestID: asker.freshID()),
            header: Header(opCode: .getSiteInfo, flags: .requestDefault, expiration: 0),
            body: .bytes([])
        )
        guard case .siteInfo(let site) = try asker.ask(request).body, let server = site.servers.first else {
            throw NodeFailure("the node does not tell its site")
        }
        return server.publicKey
    }

    /// Starts the enterprise node once more, where it was.
    func restartEnterprise() throws {
        enterprise = try NodeProcess(enterprise.directory)
    }

    func stop() {
        for node in [top, secondary, enterprise] { node.stop() }
    }

    /// A record with one value that holds the name.
    static func record(_ name: String, ttlSeconds: Int32 = 600) -> (name: [UInt8], values: [HandleValue]) {
        let bytes = Array(name.utf8)
        return (bytes, [HandleValue(index: 1, ttl: ttlSeconds, type: Array("URL".utf8), data: bytes)])
    }

    /// The record of a prefix that `server` answers for, and for those derived from it.
    static func delegation(
        of prefix: String,
        to server: SocketAddress,
        publicKey: [UInt8] = []
    ) -> (name: [UInt8], values: [HandleValue]) {
        let site = site(of: server, publicKey: publicKey).wire
        return (
            Array("0.NA/\(prefix)".utf8),
            [
                HandleValue(index: 1, type: Array("HS_SITE".utf8), data: site),
                HandleValue(index: 2, type: Array("HS_SITE.PREFIX".utf8), data: site),
            ]
        )
    }

    /// A site with one server, which listens at `server` for UDP and TCP.
    static func site(of server: SocketAddress, publicKey: [UInt8] = []) -> SiteInfo {
        let address = server.isIPv6 ? server.bytes : [UInt8](repeating: 0, count: 12) + server.bytes.suffix(4)
        let kinds: [ServerInterface.TransportProtocol] = [.tcp, .udp]
        let interfaces = kinds.map { ServerInterface(kind: .both, transport: $0, port: UInt32(server.port)) }
        let only = SiteServer(serverID: 1, address: address, publicKey: publicKey, interfaces: interfaces)
        return SiteInfo(serialNumber: 1, servers: [only])
    }
}
