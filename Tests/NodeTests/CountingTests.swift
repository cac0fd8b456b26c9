import EventLoop
import Glibc
import Resolution
import ResolutionProtocol
import StorageLMDB
import Testing

/// Counts are honest: nothing that was answered is lost, and nothing is counted that was not asked.
@Suite struct CountingTests {
    private static let recordCount = 40
    private static let cycles = Int(getenv("HANJIANG_KILL_CYCLES").map { String(cString: $0) } ?? "") ?? 2

    private static func directory(repeatWindow: String = "\"3 s\"") throws -> NodeDirectory {
        let directory = try NodeDirectory(
            listeners: [NodeDirectory.Listener(), NodeDirectory.Listener(origin: "external")],
            settings: [("workers", "2"), ("repeat_window", repeatWindow)]
        )
        try directory.fill(homed: [SampleRecords.prefix], records: SampleRecords.records(recordCount))
        return directory
    }

    /// `kill -9` under load, and a new start: count after restart ≥ answers received and ≤ requests sent, by class.
    @Test func countsSurviveKillsUnderLoad() throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        var random = KillTimes(seed: seed)
        let directory = try Self.directory()
        var before = NodeCounts()
        var (sent, answered, counted) = (0, 0, UInt64(0))
        for cycle in 1...Self.cycles {
            let node = try NodeProcess(directory)
            let own = try Self.clients(of: node.addresses[0])
            let external = try Self.clients(of: node.addresses[1])
            // However late their threads begin, each class has an answer.
            for clients in [own, external] {
                for _ in 0..<6_000 where clients.allSatisfy({ $0.current.answered == 0 }) { usleep(5_000) }
            }
            usleep(random.next())
            #expect(node.kill() == .signal(SIGKILL))
            let load = (own: own.map { $0.finish() }, external: external.map { $0.finish() })
            try NodeProcess.interruptStart(of: directory, afterMicroseconds: random.next() / 10)
            #expect(try directory.verify().isSound, "cycle \(cycle), seed \(seed)")
            let after = try Self.countsAfterRestart(directory)
            let rise = try after.since(before)
            before = after
            Self.compare(rise, .own, with: load.own, "cycle \(cycle), seed \(seed)")
            Self.compare(rise, .external, with: load.external, "cycle \(cycle), seed \(seed)")
            let found = load.external.reduce(0) { $0 + $1.found }
            let present = load.external.reduce(0) { $0 + $1.begunForPresent }
            #expect(rise.successes >= found && rise.successes <= present, "cycle \(cycle), seed \(seed)")
            sent += (load.own + load.external).reduce(0) { $0 + $1.begun }
            answered += (load.own + load.external).reduce(0) { $0 + $1.answered }
            counted += rise.requests
        }
        print("kill-counting: \(Self.cycles) cycles, \(answered) answered <= \(counted) counted <= \(sent) sent")
    }

    private static func clients(of address: SocketAddress) throws -> [LoadClient] {
        try NodeAsker.Carrier.allCases.map { try LoadClient(address, $0, recordCount: recordCount) }
    }

    /// Killed again: what a start has folded in must stay too.
    private static func countsAfterRestart(_ directory: NodeDirectory) throws -> NodeCounts {
        let node = try NodeProcess(directory)
        let counts = try node.counts()
        #expect(node.kill() == .signal(SIGKILL))
        return counts
    }

    private static func compare(
        _ rise: NodeCounts,
        _ origin: OriginClass,
        with tallies: [LoadClient.Tally],
        _ place: String
    ) {
        let received = rise.received[origin] ?? 0
        let found = rise.found[origin] ?? 0
        func sum(_ path: KeyPath<LoadClient.Tally, Int>) -> Int { tallies.reduce(0) { $0 + $1[keyPath: path] } }
        #expect(tallies.allSatisfy { $0.fault == nil }, "\(tallies.compactMap(\.fault)), \(place)")
        #expect(sum(\.answered) > 0, "no load, \(place)")
        #expect(received >= sum(\.answered), "\(origin): counted less than was answered, \(place)")
        #expect(received <= sum(\.begun), "\(origin): counted more than was sent, \(place)")
        #expect(found >= sum(\.found), "\(origin): found less than was answered, \(place)")
        #expect(found <= sum(\.begunForPresent), "\(origin): found more than was asked for, \(place)")
        #expect(rise.repeated[origin] == 0, "\(origin): distinct requests counted as repeated, \(place)")
    }

    /// A restart on the same day goes on with the day's count; a repeated datagram is answered and counted apart.
    @Test func countsGoOnOverRestartsAndRepeatsAreCountedApart() throws {
        let directory = try Self.directory(repeatWindow: "\"1 min\"")
        var before = NodeCounts()
        for start in 1...5 {
            let node = try NodeProcess(directory)
            let begun = try node.counts()
            #expect(try begun.since(before) == NodeCounts().since(NodeCounts()), "start \(start)")
            let udp = try NodeAsker(node.addresses[1], .udp)
            for number in 0..<10 {
                let wire = udp.request(SampleRecords.name(number)).wire
                for _ in 0..<3 {
                    try udp.send(wire)
                    let answer = try #require(udp.receive())
                    #expect(try Message(wire: answer).header.responseCode == .success)
                }
            }
            let tcp = try NodeAsker(node.addresses[0], .tcp)
            for number in 0..<7 { _ = try tcp.resolve(SampleRecords.name(number)) }
            _ = try tcp.resolve(SampleRecords.absentName(1))
            _ = try tcp.ask(
                Message(
                    envelope: Envelope(requestID: tcp.freshID()),
                    header: Header(opCode: .getSiteInfo, expiration: 0),
                    body: .bytes([])
                )
            )
            let after = try node.counts()
            let rise = try after.since(begun)
            #expect(rise.received[.external] == 10 && rise.repeated[.external] == 20)
            #expect(rise.received[.own] == 8 && rise.found[.own] == 7)
            #expect(rise.requests == 18 && rise.successes == 10)
            before = after
            // Orderly and not.
            if start.isMultiple(of: 2) { node.kill() } else { #expect(node.stop() == .code(0)) }
        }
    }
}
