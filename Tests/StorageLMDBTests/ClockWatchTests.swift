import Testing

@testable import StorageLMDB

/// Which wall clock is believed by those who drop what is old (case E1).
@Suite struct ClockWatchTests {
    private static let start: Int64 = 1_700_000_000

    private func note(_ watch: inout ClockWatch, after seconds: Int64, jump: Int64) {
        watch.note(unixSeconds: Self.start + seconds + jump, monotonicNanoseconds: UInt64(seconds) * 1_000_000_000)
    }

    @Test func E1AClockThatIsCorrectedByLittleIsBelieved() {
        var watch = ClockWatch()
        #expect(watch.isSteady)
        for (second, jump) in ([0, 1, 0, -1, 0, 60, 0] as [Int64]).enumerated() {
            note(&watch, after: Int64(second), jump: jump)
            #expect(watch.isSteady, "\(jump)")
        }
    }

    @Test(arguments: [61, -61, 3_600, 315_360_000, -315_360_000] as [Int64])
    func E1AClockThatJumpedIsInDoubtForADay(_ jump: Int64) {
        var watch = ClockWatch()
        note(&watch, after: 10, jump: 0)
        note(&watch, after: 11, jump: jump)
        #expect(!watch.isSteady)
        note(&watch, after: 11 + ClockWatch.doubtSeconds - 1, jump: jump)
        #expect(!watch.isSteady)
        note(&watch, after: 11 + ClockWatch.doubtSeconds, jump: jump)
        #expect(watch.isSteady)
        // That it jumps back is another jump.
        note(&watch, after: 12 + ClockWatch.doubtSeconds, jump: 0)
        #expect(!watch.isSteady)
    }
}
