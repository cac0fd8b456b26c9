import Glibc
import Resolution
import ResolutionProtocol
import StoreSuite
import Testing

@testable import StorageLMDB

/// Reads a number of the environment, where `tools/long` asks for more.
func environmentNumber(_ name: String) -> Int? { getenv(name).flatMap { Int(String(cString: $0)) } }

@Suite(.serialized) struct SetCrashTests {
    /// Kills of one store: its log, which is read after each, stays small that way.
    private static let killsPerStore = 25

    @Test func d1SetsAreWholeAndOnceWhereverTheWriterIsKilled() throws {
        try kill(times: environmentNumber("HANJIANG_CRASH_CYCLES") ?? 8, replayingEach: false)
    }

    @Test(.enabled(if: environmentNumber("HANJIANG_KILL_WRITES") != nil, "the full size is run by tools/long"))
    func killWritesLoseNothingAndTheirLogGivesTheSameRecords() throws {
        try kill(times: environmentNumber("HANJIANG_KILL_WRITES") ?? 0, replayingEach: true)
    }

    private func kill(times: Int, replayingEach: Bool) throws {
        let seed = UInt64.random(in: .min ... .max)
        var random = SplitMix(seed: seed)
        var (left, setCount, unacknowledged) = (times, UInt64(0), UInt64(0))
        while left > 0 {
            let count = min(left, Self.killsPerStore)
            let life = try kill(times: count, replayingEach: replayingEach, &random, "seed \(seed)")
            (setCount, unacknowledged) = (setCount + life.sets, unacknowledged + life.unacknowledged)
            left -= count
        }
        print("kills: \(times), sets: \(setCount), unacknowledged and there: \(unacknowledged)")
        #expect(setCount > 0, "something was written")
    }

    /// Kills the writer of one store that many times.
    private func kill(
        times: Int,
        replayingEach: Bool,
        _ random: inout SplitMix,
        _ name: String
    ) throws -> (sets: UInt64, unacknowledged: UInt64) {
        let directory = try TemporaryDirectory()
        let data = directory.path + "/data"
        try Store.create(directory: data, options: smallOptions)
        let journal = try #require(SharedWords(path: directory.path + "/journal", count: 3))
        journal[2] = random.next()
        var check = SetCheck(SetModel(seed: journal[2]))
        var unacknowledged: UInt64 = 0
        for cycle in 0..<times {
            let place = "\(name), model \(journal[2]), cycle \(cycle)"
            let process = try CrashProcess("sets", data, directory.path + "/journal")
            if cycle == times - 1 { process.run { journal[1] > 0 } }
            let killed = process.kill(afterMilliseconds: Int.random(in: 20..<500, using: &random))
            #expect(killed, "\(place): the writer ended by itself")
            let store = try Store.open(directory: data, options: smallOptions)
            try check.check(store, acknowledged: journal[1], sent: journal[0], place)
            unacknowledged += check.appliedCount - min(check.appliedCount, journal[1])
            if replayingEach || cycle == times - 1 { try checkReplay(of: store, place) }
        }
        return (check.appliedCount, unacknowledged)
    }
}
