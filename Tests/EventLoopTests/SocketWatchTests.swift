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

struct ReadableSocketsTests {
    @Test func whatHasSomethingToReadIsNamed() throws {
        let readable = try #require(ReadableSockets())
        var ends: [Int32] = []
        defer { for end in ends { close(end) } }
        for number in 0..<3 {
            var pair: [Int32] = [0, 0]
            #expect(pipe(&pair) == 0)
            ends += pair
            #expect(readable.add(pair[0], number: UInt32(number + 7)))
        }
        #expect(readable.look() == 0 && readable.number(at: 0) == nil)
        #expect(write(ends[3], "x", 1) == 1 && write(ends[5], "y", 1) == 1)
        #expect(readable.look() == 2)
        #expect(Set([readable.number(at: 0), readable.number(at: 1)]) == [8, 9])
        #expect(readable.number(at: 2) == nil && readable.number(at: -1) == nil)
        // It is readable itself meanwhile.
        var watch = SocketWatch()
        watch.add(readable.descriptor)
        watch.wait(nanoseconds: 3_600_000_000_000)
        let isReady = watch.isReady(at: 0)
        #expect(isReady)
        var byte: UInt8 = 0
        for end in [ends[2], ends[4]] { #expect(read(end, &byte, 1) == 1) }
        #expect(readable.look() == 0)
    }

    @Test func whatIsNoSocketIsNotTaken() throws {
        let readable = try #require(ReadableSockets())
        #expect(!readable.add(-1, number: 0))
    }
}
