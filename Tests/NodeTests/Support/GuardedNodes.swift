import EventLoop
import Glibc
import Resolution
import ResolutionProtocol

/// An enterprise's prefix that two servers answer for, and the node that delegates it to both and watches them. Each is
/// a process.
final class GuardedNodes {
    static let name = "88.118.8/bottle-1"
    static let prefix = "88.118.8"

    private(set) var servers: [NodeProcess]
    private(set) var guardian: NodeProcess

    /// The values of the enterprise's record are good for `ttlSeconds`; `settings` are further ones of the guardian.
    init(ttlSeconds: Int32 = 600, settings: [(key: String, value: String)] = []) throws {
        servers = try (0..<2).map { _ in
            // They keep their ports when they are started again.
            let listener = NodeDirectory.Listener(port: try Loopback.steadyPort())
            let directory = try NodeDirectory(prefix: Self.prefix, role: "enterprise", listeners: [listener])
            try directory.fill(records: [FederatedNodes.record(Self.name, ttlSeconds: ttlSeconds)])
            return try NodeProcess(directory)
        }
        let quick = [
            (key: "guardian.interval", value: "\"1 s\""), (key: "guardian.failures", value: "2"),
            (key: "guardian.successes", value: "1"),
        ]
        let listener = NodeDirectory.Listener(port: try Loopback.steadyPort())
        let directory = try NodeDirectory(listeners: [listener], settings: quick + settings)
        try directory.fill(delegated: [Self.prefix], records: [Self.delegation(to: servers.map(\.address))])
        guardian = try NodeProcess(directory)
    }

    /// The record of the prefix: a site for each server, for identifiers and for derived prefixes.
    private static func delegation(to servers: [SocketAddress]) -> (name: [UInt8], values: [HandleValue]) {
        let sites = servers.map { FederatedNodes.site(of: $0).wire }
        let types = ["HS_SITE", "HS_SITE.PREFIX"]
        let values = types.flatMap { type in sites.map { (type, $0) } }
        return (
            Array("0.NA/\(prefix)".utf8),
            values.enumerated().map { place, value in
                HandleValue(index: UInt32(place + 1), type: Array(value.0.utf8), data: value.1)
            }
        )
    }

    func restart(_ number: Int) throws { servers[number] = try NodeProcess(servers[number].directory) }

    /// Ends the guardian without a word, and starts it anew.
    func restartGuardian() throws {
        guardian.kill()
        guardian = try NodeProcess(guardian.directory)
    }

    func stop() {
        for node in servers + [guardian] { node.stop() }
    }

    /// The ports of the servers that the guardian refers askers of `name` to.
    func referred(_ name: String = GuardedNodes.name, flags: OpFlags = .requestDefault) throws -> [UInt16] {
        let asker = try NodeAsker(guardian.address, .tcp)
        var request = asker.request(Array(name.utf8))
        request.header.flags = flags
        request.header.expiration = UInt32(truncatingIfNeeded: SystemClock.coarseRealtimeSeconds()) + 600
        guard case .referral(let referral) = try asker.ask(request).body else { return [] }
        return Self.ports(referral.values ?? [])
    }

    /// The ports of the sites for identifiers in the record of the prefix, as whoever asks for it gets it.
    func recorded() throws -> [UInt16] {
        let answer = try NodeAsker(guardian.address, .udp).resolve(Array("0.NA/\(Self.prefix)".utf8))
        guard case .resolved(let record) = answer.body else { return [] }
        return Self.ports(record.values.filter { $0.type == Array("HS_SITE".utf8) })
    }

    private static func ports(_ values: [HandleValue]) -> [UInt16] {
        values.compactMap { value in
            (try? SiteInfo(wire: value.data))?.servers.first?.interfaces.first.map { UInt16(clamping: $0.port) }
        }
    }

    /// Whether the guardian comes to refer askers to exactly these servers, within a minute.
    func comesToRefer(to numbers: [Int]) throws -> Bool {
        let wanted = numbers.map { servers[$0].address.port }
        for _ in 0..<600 {
            if try referred() == wanted { return true }
            usleep(100_000)
        }
        return false
    }

    /// Whether the guardian comes to say that so many addresses are dead, within a minute.
    func comesToKnow(deadCount: UInt64) throws -> Bool {
        for _ in 0..<600 {
            if try guardian.figure("dead") == deadCount { return true }
            usleep(100_000)
        }
        return false
    }

    /// The events that are recorded.
    func events() throws -> [GuardianEvent] {
        let bytes = try TestFile.read(guardian.directory.data + "/" + EventJournal.fileName)
        guard let read = EventJournal.events(of: bytes), read.byteCount == bytes.count else {
            throw NodeFailure("the file of events is not whole")
        }
        return read.events
    }
}
