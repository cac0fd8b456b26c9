import EventLoop
import Testing

@testable import idload

struct ThresholdTests {
    @Test(arguments: ["p99<5ms", "p99.9<=200us", "max<1s", "loss<0.01%", "wrong==0", "rate>=10000", "lost < 3"])
    func readsConditions(_ text: String) { #expect(Threshold(text) != nil) }

    @Test(arguments: [
        "", "p99", "p99<5", "p0<5ms", "p101<5ms", "loss<1", "loss<1ms", "wrong==x", "speed<1", "wrong==-1",
    ])
    func refusesWhatIsNone(_ text: String) { #expect(Threshold(text) == nil) }

    private func broken(_ text: String, _ change: (inout LoadSecond) -> Void) throws -> Bool {
        var second = LoadSecond()
        second.elapsedSeconds = 2
        second.seconds = 1
        second.sent = 10_000
        second.answered = 2_000
        for _ in 0..<2_000 { second.response.note(nanoseconds: 3_000_000) }
        change(&second)
        var totals = RunningTotals(warmupSeconds: 1)
        totals.add(second)
        let plan = LoadPlan(target: SocketAddress(ipv4: 0x7F00_0001, port: 1), seed: 1)
        return try #require(Threshold(text)).isBroken(by: totals.result(of: plan))
    }

    @Test func L10_whatCanBeDecidedEndsARunEarly() throws {
        #expect(try broken("wrong==0") { $0.wrong = 1 })
        #expect(try !broken("wrong==1") { $0.wrong = 1 })
        #expect(try broken("wrong==1") { $0.wrong = 2 })
        #expect(try broken("late<3") { $0.late = 3 })
        #expect(try broken("duplicate<=3") { $0.duplicate = 4 })
        #expect(try broken("unexpected==0") { $0.unexpected = 1 })
        #expect(try broken("lost<5") { $0.lost = 5 })
        #expect(try broken("p99<2ms") { _ in })
        #expect(try !broken("p99<5ms") { _ in })
        #expect(try broken("p50<5s") { $0.lost = 3_000 })
        #expect(try broken("loss<1%") { $0.lost = 500 })
    }

    @Test func L10_whatMayStillComeTrueDoesNot() throws {
        #expect(try !broken("rate>=100000") { _ in })
        #expect(try !broken("wrong>=3") { _ in })
        #expect(try !broken("p99>5s") { _ in })
        // Too few answers to tell, and what was in the warm-up.
        #expect(try !broken("p99<2ms") { $0.answered = 999 })
        #expect(
            try !broken("wrong==0") {
                $0.wrong = 1
                $0.elapsedSeconds = 1
            }
        )
    }
}
