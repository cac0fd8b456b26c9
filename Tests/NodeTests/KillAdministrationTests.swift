import Cryptography
import Glibc
import Resolution
import ResolutionClient
import ResolutionProtocol
import Testing

/// A node that is killed while it is administered (case D1): nothing acknowledged is lost, nothing is half done, and
/// what is asked again is done once.
@Suite struct KillAdministrationTests {
    private static let kills = Int(getenv("HANJIANG_KILL_ADMINISTRATION").map { String(cString: $0) } ?? "") ?? 5
    private static let writerCount = 4
    /// Kills of one store: its log, which is read after each, stays small that way.
    private static let killsPerStore = 25

    /// What the writers of one store, or of all, came to.
    private struct Tally {
        var acknowledged = 0
        var sentAgain = 0
        var thereUnacknowledged = 0
    }

    @Test func d1ChangesOverTheWireAreWholeAndOnceWhereverTheNodeIsKilled() throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        var random = KillTimes(seed: seed)
        var (left, tally) = (Self.kills, Tally())
        while left > 0 {
            let life = try Self.kill(times: min(left, Self.killsPerStore), &random, "seed \(seed)")
            tally.acknowledged += life.acknowledged
            tally.sentAgain += life.sentAgain
            tally.thereUnacknowledged += life.thereUnacknowledged
            left -= min(left, Self.killsPerStore)
        }
        print(
            "kill-administration: \(Self.kills) kills, \(tally.acknowledged) operations acknowledged,",
            "\(tally.sentAgain) sent again, \(tally.thereUnacknowledged) changes there before they were"
        )
        #expect(tally.acknowledged > 0, "something was written")
    }

    /// Kills the node of one store that many times, each time at another point.
    private static func kill(times: Int, _ random: inout KillTimes, _ name: String) throws -> Tally {
        let directory = try NodeDirectory(settings: [("workers", "2")])
        let administrator = try TestAdministrator(.ed25519)
        let prepared = try AdministeredNode(NodeProcess(directory))
        try prepared.home(AdministeredNode.prefix, for: administrator)
        #expect(prepared.node.stop() == .code(0))
        let writers = writers(administrator, seed: random.next())
        var check = try directory.withStore(isReadOnly: true) { try WriteCheck($0) }
        for cycle in 1...times {
            let place = "\(name), \(cycle) of \(times)"
            try load(directory, writers, administrator, &random, place)
            try directory.withStore(isReadOnly: true) { try check.checkKilled($0, writers.map(\.current), place) }
            // Every third time it is killed again while it is asked again.
            guard !cycle.isMultiple(of: 3) || cycle == times else { continue }
            try settle(directory, writers, administrator, place)
            try directory.withStore(isReadOnly: true) { try check.checkSettled($0, writers.map(\.current), place) }
            for writer in writers { writer.settle() }
        }
        let progress = writers.map(\.current)
        return Tally(
            acknowledged: progress.reduce(0) { $0 + $1.acknowledgedCount },
            sentAgain: progress.reduce(0) { $0 + $1.sentAgainCount },
            thereUnacknowledged: check.unacknowledgedCount
        )
    }

    private static func writers(_ administrator: TestAdministrator, seed: UInt64) -> [PlannedWriter] {
        let prefix = AdministeredNode.prefix
        let owner = administrator.adminValue(in: IdentifierGrammar.prefixRecordName(of: prefix))
        return (0..<writerCount).map {
            PlannedWriter(WritePlan(seed: seed, number: $0, prefix: prefix, owner: owner))
        }
    }

    /// A node under load, killed: sometimes while its clients log in, mostly some time after the first answer.
    private static func load(
        _ directory: NodeDirectory,
        _ writers: [PlannedWriter],
        _ administrator: TestAdministrator,
        _ random: inout KillTimes,
        _ place: String
    ) throws {
        let node = try AdministeredNode(NodeProcess(directory))
        let before = writers.map(\.current.acknowledgedCount)
        for writer in writers { try writer.start(node, as: administrator, goesOn: true) }
        if !UInt8.random(in: 0..<5, using: &random).isMultiple(of: 5) {
            for _ in 0..<1_000 where writers.map(\.current.acknowledgedCount) == before { usleep(5_000) }
        }
        usleep(UInt32.random(in: 0...400_000, using: &random))
        #expect(node.node.kill() == .signal(SIGKILL), "\(place)")
        for writer in writers { #expect(writer.finish().fault == nil, "\(place)") }
    }

    /// A new start, in which what has no answer is asked again, and each identifier is what was asked for.
    private static func settle(
        _ directory: NodeDirectory,
        _ writers: [PlannedWriter],
        _ administrator: TestAdministrator,
        _ place: String
    ) throws {
        let node = try AdministeredNode(NodeProcess(directory))
        for writer in writers { try writer.start(node, as: administrator, goesOn: false) }
        for writer in writers {
            let progress = writer.finish()
            #expect(progress.fault == nil, "\(place)")
            #expect(progress.pending.isEmpty, "\(place): without an answer")
        }
        let client = node.client(administrator)
        for identifier in writers.flatMap(\.current.plan.identifiers) {
            let answer = try client.resolve(identifier.name)
            let found: [HandleValue]?
            if case .resolved(let resolved) = answer.body { found = resolved.values } else { found = nil }
            #expect(found.map(WrittenIdentifier.comparable) == identifier.current, "\(place): resolved otherwise")
        }
        client.end()
        #expect(node.node.stop() == .code(0), "\(place)")
    }
}
