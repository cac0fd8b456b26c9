import EventLoop
import Testing

@Suite struct SystemClockTests {
    @Test func clocksAgree() {
        let before = SystemClock.monotonicNanoseconds()
        let coarse = SystemClock.coarseMonotonicNanoseconds()
        // The coarse clock is at most a tick behind, 10 ms on the slowest kernels, and never ahead.
        #expect(coarse <= SystemClock.monotonicNanoseconds())
        #expect(coarse + 20_000_000 > before)
    }

    @Test func realTimeIsInNanosecondsAndSeconds() {
        let before = SystemClock.coarseRealtimeSeconds()
        let nanoseconds = SystemClock.coarseRealtimeNanoseconds()
        let after = SystemClock.coarseRealtimeSeconds()
        #expect(before <= Int64(nanoseconds / 1_000_000_000) && Int64(nanoseconds / 1_000_000_000) <= after)
        #expect(before > 1_700_000_000, "the clock reads seconds since 1970")
    }
}
