import EventLoop
import Glibc
import Testing

@Suite struct SystemClockTests {
    @Test func clocksAgree() {
        // The coarse clock is a tick behind, 10 ms on the slowest kernels, and never ahead. Where the machine is held
        // up, a tick comes late: once it must come in time.
        var isNear = false
        for _ in 0..<10_000 where !isNear {
            let before = SystemClock.monotonicNanoseconds()
            let coarse = SystemClock.coarseMonotonicNanoseconds()
            #expect(coarse <= SystemClock.monotonicNanoseconds())
            isNear = coarse + 20_000_000 > before
            if !isNear { usleep(1_000) }
        }
        #expect(isNear)
    }

    @Test func realTimeIsInNanosecondsAndSeconds() {
        let before = SystemClock.coarseRealtimeSeconds()
        let nanoseconds = SystemClock.coarseRealtimeNanoseconds()
        let after = SystemClock.coarseRealtimeSeconds()
        #expect(before <= Int64(nanoseconds / 1_000_000_000) && Int64(nanoseconds / 1_000_000_000) <= after)
        #expect(before > 1_700_000_000, "the clock reads seconds since 1970")
    }
}
