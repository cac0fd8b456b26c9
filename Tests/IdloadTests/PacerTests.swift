import Testing

@testable import idload

struct PacerTests {
    @Test func givesTheRateAndNoMore() {
        var pacer = Pacer(ratePerSecond: 10_000, startNanoseconds: 0)
        var sent = 0
        for millisecond in 1...1_000 {
            let allowance = pacer.allowance(nowNanoseconds: UInt64(millisecond) * 1_000_000)
            pacer.use(allowance)
            sent += allowance
        }
        #expect((9_990...10_001).contains(sent))
    }

    @Test func aStallIsNotCaughtUp() {
        var pacer = Pacer(ratePerSecond: 10_000, startNanoseconds: 0)
        #expect(pacer.allowance(nowNanoseconds: 5_000_000_000) == 100)
    }
}
