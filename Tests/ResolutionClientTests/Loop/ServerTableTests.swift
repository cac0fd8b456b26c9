import EventLoop
import Testing

@testable import ResolutionClient

struct ServerTableTests {
    private let second: UInt64 = 1_000_000_000
    private let server = SocketAddress(ipv4: 0xC000_0201, port: 2_641)

    @Test func aServerThatAnswersIsAskedFreelyAndItsTimeIsSmoothed() throws {
        var table = ServerTable(countMax: 4)
        #expect(table.cost(of: server, now: 0) == 0)
        for trip in [8_000_000, 16_000_000] as [UInt64] {
            #expect(table.admit(server, now: 0) == .free)
            table.noteAnswer(of: server, roundTripNanoseconds: trip, now: 5)
        }
        #expect(table.cost(of: server, now: 9) == 9_000_000)
        #expect(table[server]?.answeredNanoseconds == 5)
    }

    @Test func F1_aSilentServerIsLeftAloneForLongerEachTimeAndTriedOnce() throws {
        var table = ServerTable(countMax: 4)
        var now: UInt64 = 100 * second
        #expect(table.admit(server, now: now) == .free)
        table.noteSilence(of: server, isTrial: false, now: now, draw: 0)
        var rests: [UInt64] = []
        for _ in 0..<8 {
            guard case .leftAlone(let nanoseconds) = table.admit(server, now: now) else {
                return #expect(Bool(false), "asked though silent")
            }
            rests.append(nanoseconds / second)
            now += nanoseconds
            #expect(table.admit(server, now: now) == .trial)
            // The others go on waiting for what comes of the trial.
            guard case .leftAlone = table.admit(server, now: now) else { return #expect(Bool(false), "two trials") }
            table.noteSilence(of: server, isTrial: true, now: now, draw: 0)
        }
        #expect(rests == [1, 2, 4, 8, 16, 30, 30, 30])
        #expect(table[server]?.silentSince == 100 * second)
        #expect(table.cost(of: server, now: now) >= ServerTable.silenceNanoseconds)
        table.noteAnswer(of: server, roundTripNanoseconds: 1, now: now)
        #expect(table.admit(server, now: now) == .free)
        #expect(table[server]?.silentSince == nil)
    }

    @Test func F1_questionsThatWereUnderWayTogetherAreOneSilence() throws {
        var table = ServerTable(countMax: 4)
        for _ in 0..<200 { _ = table.admit(server, now: 0) }
        for _ in 0..<200 { table.noteSilence(of: server, isTrial: false, now: second, draw: 0) }
        #expect(table[server]?.silenceCount == 1)
        #expect(table[server]?.restsUntil == 2 * second)
    }

    @Test func F1_theRestIsDrawnWithinAQuarter() {
        var rests: Set<UInt64> = []
        for draw in stride(from: 0, to: 1_000_000_000, by: 7_654_321) as StrideTo<UInt64> {
            var table = ServerTable(countMax: 1)
            _ = table.admit(server, now: 0)
            table.noteSilence(of: server, isTrial: false, now: 0, draw: draw)
            rests.insert(table[server]?.restsUntil ?? 0)
        }
        #expect(rests.count > 30)
        #expect(rests.allSatisfy { $0 > second * 3 / 4 && $0 <= second })
    }

    @Test func aTrialOfWhichNothingComesIsRepeated() {
        var table = ServerTable(countMax: 1)
        _ = table.admit(server, now: 0)
        table.noteSilence(of: server, isTrial: false, now: 0, draw: 0)
        #expect(table.admit(server, now: second) == .trial)
        #expect(table.admit(server, now: second + ServerTable.restNanosecondsMax) == .trial)
    }

    @Test func theTableIsBoundedAndForgetsWhoWasAskedLongestAgo() {
        var table = ServerTable(countMax: 3)
        let servers = (1...4).map { server.withPort($0) }
        for (number, server) in servers.prefix(3).enumerated() { _ = table.admit(server, now: UInt64(number)) }
        _ = table.admit(servers[0], now: 9)
        _ = table.admit(servers[3], now: 10)
        #expect(table.count == 3)
        #expect(table[servers[1]] == nil)
        #expect(table[servers[0]] != nil && table[servers[2]] != nil && table[servers[3]] != nil)
    }
}
