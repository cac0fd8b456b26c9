import EventLoop
import Glibc
import Testing

struct SocketWatchTests {
    @Test func aReadableDescriptorEndsTheWait() {
        var ends: [Int32] = [0, 0]
        #expect(pipe(&ends) == 0)
        defer { for end in ends { close(end) } }
        var watch = SocketWatch()
        watch.add(-1)
        watch.add(ends[0])
        #expect(write(ends[1], "x", 1) == 1)
        let start = SystemClock.monotonicNanoseconds()
        watch.wait(nanoseconds: 3_600_000_000_000)
        #expect(SystemClock.monotonicNanoseconds() - start < 3_600_000_000_000)
    }

    // However busy the machine, an hour is not waited for.
    @Test func aWriterIsReadyWhereThatIsWanted() {
        var ends: [Int32] = [0, 0]
        #expect(pipe(&ends) == 0)
        defer { for end in ends { close(end) } }
        var watch = SocketWatch()
        watch.add(ends[0])
        watch.removeAll()
        watch.add(ends[1], forWriting: true)
        let start = SystemClock.monotonicNanoseconds()
        watch.wait(nanoseconds: 3_600_000_000_000)
        #expect(SystemClock.monotonicNanoseconds() - start < 3_600_000_000_000)
    }

    @Test func withNothingReadyItWaitsAsLongAsItWasTold() {
        var watch = SocketWatch()
        watch.add(-1)
        let start = SystemClock.monotonicNanoseconds()
        watch.wait(nanoseconds: 3_000_000)
        #expect(SystemClock.monotonicNanoseconds() - start >= 3_000_000)
    }

    @Test func workTakesProcessorTime() {
        let start = SystemClock.threadProcessorNanoseconds()
        var sum: UInt64 = 0
        while SystemClock.threadProcessorNanoseconds() - start < 1_000_000 { sum &+= 1 }
        #expect(sum > 0)
    }
}
