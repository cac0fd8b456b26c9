import EventLoop
import FakeServer
import Glibc
import Resolution
import ResolutionProtocol
import Synchronization
import Testing
import TransportSuite

/// Nodes that ask each other, each a process.
struct FederationTests {
    private static let recursion = [(key: "recursion.enabled", value: "\"on\"")]

    @Test func identifiersOfAllLevelsAreFoundAtAForeignNode() throws {
        let nodes = try FederatedNodes()
        defer { nodes.stop() }
        let names = FederatedNodes.names
        let foreign = try NodeProcess(
            NodeDirectory(prefix: "88.200", above: [nodes.top.address], settings: Self.recursion)
        )
        let recursive = try NodeProcess(NodeDirectory(prefix: "", role: "recursive", above: [nodes.top.address]))
        defer { for node in [foreign, recursive] { node.stop() } }
        for node in [foreign, recursive] {
            for carrier in NodeAsker.Carrier.allCases {
                let asker = try NodeAsker(node.address, carrier)
                for name in [names.secondary, names.enterprise, names.enterprise.uppercased()] {
                    let answer = try asker.resolve(Array(name.utf8))
                    #expect(Self.value(of: answer) == Self.stored(name), "\(name) over \(carrier)")
                    #expect(answer.header.flags.isDisjoint(with: [.authoritative, .stale]))
                }
                let missing = try asker.resolve(Array(names.missing.utf8))
                #expect(missing.header.responseCode == .identifierNotFound)
                #expect(try asker.resolve(Array("99.1/a".utf8)).header.responseCode != .success)
            }
        }
        // A level without recursion refers, and answers for its own.
        let top = try NodeAsker(nodes.top.address, .udp)
        #expect(try Self.value(of: top.resolve(Array(names.top.utf8))) == Self.stored(names.top))
        #expect(try top.resolve(Array(names.secondary.utf8)).header.responseCode == .serviceReferral)
        #expect(try top.resolve(Array("0.NA/88.118.8".utf8)).header.responseCode == .prefixReferral)
        #expect(try recursive.figure("failed") == 0)
    }

    @Test(.enabled(if: Loopback.hasIPv6))
    func otherNodesAreAskedOverIPv6() throws {
        let nodes = try FederatedNodes(host: "::1")
        defer { nodes.stop() }
        let listener = NodeDirectory.Listener(host: "::1")
        let node = try NodeProcess(
            NodeDirectory(prefix: "", role: "recursive", above: [nodes.top.address], listeners: [listener])
        )
        defer { node.stop() }
        for carrier in NodeAsker.Carrier.allCases {
            let asker = try NodeAsker(node.address, carrier)
            for name in [FederatedNodes.names.secondary, FederatedNodes.names.enterprise] {
                #expect(try Self.value(of: asker.resolve(Array(name.utf8))) == Self.stored(name), "over \(carrier)")
            }
            let missing = try asker.resolve(Array(FederatedNodes.names.missing.utf8))
            #expect(missing.header.responseCode == .identifierNotFound)
        }
        #expect(nodes.enterprise.address.isIPv6)
        // An owner over IPv6 that is gone is told as soon as any other.
        nodes.enterprise.kill()
        let asker = try NodeAsker(node.address, .tcp)
        asker.socket.setTimeout(seconds: 30)
        #expect(try asker.resolve(Array("88.118.8/other".utf8)).header.responseCode == .error)
    }

    @Test func aMissOfTwoHundredWaitersAsksOnce() throws {
        let above = try FakeServer(datagram: { datagram, _ in
            usleep(200_000)
            return [answerWire(to: datagram)]
        })
        defer { above.stop() }
        let node = try NodeProcess(
            NodeDirectory(
                prefix: "",
                role: "recursive",
                above: [above.address],
                settings: [(key: "workers", value: "2")]
            )
        )
        defer { node.stop() }
        let askers = try (0..<200).map { try NodeAsker(node.address, $0 % 2 == 0 ? .udp : .tcp) }
        for asker in askers { try asker.send(asker.request(Array("0.NA/99.7".utf8)).wire) }
        for asker in askers {
            let answer = try Message(wire: try #require(asker.receive()))
            #expect(answer.header.responseCode == .success)
        }
        // One number, however often its datagram is sent.
        #expect(Set(above.received.withLock { $0 }.map { $0[8..<12] }).count == 1)
        // It is in the caches of both workers now.
        for _ in 0..<20 {
            #expect(try NodeAsker(node.address, .udp).resolve(Array("0.NA/99.7".utf8)).header.responseCode == .success)
        }
        #expect(Set(above.received.withLock { $0 }.map { $0[8..<12] }).count == 1)
        var counted: UInt64 = 0
        for _ in 0..<100 where counted != 220 {
            usleep(100_000)
            counted = try node.counts().received[.own] ?? 0
        }
        #expect(counted == 220)
    }

    @Test func F1_theEnterprisesLastAnswersServeMarkedWhileItIsGone() throws {
        let nodes = try FederatedNodes(ttlSeconds: 2)
        defer { nodes.stop() }
        let name = Array(FederatedNodes.names.enterprise.utf8)
        let node = try NodeProcess(NodeDirectory(prefix: "", role: "recursive", above: [nodes.top.address]))
        defer { node.stop() }
        let asker = try NodeAsker(node.address, .tcp)
        asker.socket.setTimeout(seconds: 30)
        #expect(try asker.resolve(name).header.flags.contains(.stale) == false)
        nodes.enterprise.kill()
        usleep(2_500_000)
        let start = SystemClock.monotonicNanoseconds()
        let stale = try asker.resolve(name)
        #expect(stale.header.responseCode == .success && stale.header.flags.contains(.stale))
        // What was never asked for cannot be answered, and says so.
        let other = try asker.resolve(Array(FederatedNodes.names.missing.utf8))
        #expect(other.header.responseCode == .error)
        #expect(SystemClock.monotonicNanoseconds() - start < 25_000_000_000)
        try nodes.restartEnterprise()
        #expect(try Self.becomesFresh(name, asker))
    }

    @Test func F1_aDeadUplinkDoesNotTouchOwnPrefixes() throws {
        let silent = try FakeServer(datagram: { _, _ in [] }, connection: { $0.waitForEnd() })
        defer { silent.stop() }
        let directory = try NodeDirectory(above: [silent.address], settings: Self.recursion)
        try directory.fill(records: [FederatedNodes.record("88.118/own")])
        let node = try NodeProcess(directory)
        defer { node.stop() }
        let foreign = try (0..<50).map { _ in try NodeAsker(node.address, .tcp) }
        for (number, asker) in foreign.enumerated() {
            asker.socket.setTimeout(seconds: 30)
            try asker.send(asker.request(Array("99.\(number)/far".utf8)).wire)
        }
        let asker = try NodeAsker(node.address, .udp)
        for _ in 0..<500 {
            #expect(try asker.resolve(Array("88.118/own".utf8)).header.responseCode == .success)
        }
        for asker in foreign {
            let answer = try Message(wire: try #require(asker.receive()))
            #expect(answer.header.responseCode != .success)
        }
        // Figures are as of a second ago.
        var isTold = false
        for _ in 0..<50 where !isTold {
            usleep(100_000)
            isTold = try node.status().contains("\"silent\"")
        }
        #expect(isTold)
    }

    @Test func R1_nobodyElseIsAskedForStrangersToTheList() throws {
        let above = try FakeServer(datagram: { datagram, _ in [answerWire(to: datagram)] })
        defer { above.stop() }
        let settings = Self.recursion + [(key: "recursion.allow", value: "[\"192.0.2.0/24\"]")]
        let node = try NodeProcess(NodeDirectory(above: [above.address], settings: settings))
        defer { node.stop() }
        let asker = try NodeAsker(node.address, .udp)
        #expect(try asker.resolve(Array("99.1/a".utf8)).header.responseCode == .notResponsible)
        #expect(above.received.withLock { $0.count } == 0)
    }

    private static func value(of answer: Message) -> [UInt8]? {
        guard case .resolved(let found) = answer.body else { return nil }
        return found.values.first?.data
    }

    /// What the record of `name` holds, however the name is written.
    private static func stored(_ name: String) -> [UInt8] {
        let names = FederatedNodes.names
        let all = [names.top, names.secondary, names.enterprise]
        return Array((all.first { $0.uppercased() == name.uppercased() } ?? name).utf8)
    }

    /// Whether an answer that is not stale comes within a minute.
    private static func becomesFresh(_ name: [UInt8], _ asker: NodeAsker) throws -> Bool {
        for _ in 0..<120 {
            let answer = try asker.resolve(name)
            guard answer.header.responseCode == .success else { return false }
            if !answer.header.flags.contains(.stale) { return true }
            usleep(500_000)
        }
        return false
    }
}
