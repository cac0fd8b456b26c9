import Testing

@testable import idload

struct BatchPauseTests {
    private static let window: UInt64 = 10_000_000

    /// The pause after some windows, in each of which the thread took a share of a processor.
    private func pause(_ processorShares: [Double]) -> UInt64 {
        var pause = BatchPause(startNanoseconds: 5, processorNanoseconds: 7)
        var (now, processor): (UInt64, UInt64) = (5, 7)
        for share in processorShares {
            now += Self.window
            processor += UInt64(Double(Self.window) * share)
            #expect(!pause.isOver(now - 1) && pause.isOver(now))
            pause.look(nowNanoseconds: now, processorNanoseconds: processor)
        }
        return pause.nanoseconds
    }

    @Test func L4_aThreadThatRestsIsNotHeldUp() {
        #expect(pause(Array(repeating: 0.5, count: 1_000)) == 0)
    }

    @Test func L4_aThreadThatHardlyRestsGathersAndNeverForLong() {
        #expect(pause([0.9, 0.85, 1]) == 15_000)
        #expect(pause(Array(repeating: 1, count: 1_000)) == BatchPause.nanosecondsMax)
    }

    @Test func L4_withRestEnoughThePauseGoesAgain() {
        let busy = Array(repeating: 0.9, count: 4)
        #expect(pause(busy + [0.7]) == 20_000)
        #expect(pause(busy + [0.4, 0.4]) == 10_000)
        #expect(pause(busy + Array(repeating: 0.4, count: 9)) == 0)
    }
}
