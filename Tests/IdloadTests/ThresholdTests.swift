import Testing

@testable import idload

struct ThresholdTests {
    @Test(arguments: ["p99<5ms", "p99.9<=200us", "max<1s", "loss<0.01%", "wrong==0", "rate>=10000", "lost < 3"])
    func readsConditions(_ text: String) { #expect(Threshold(text) != nil) }

    @Test(arguments: [
        "", "p99", "p99<5", "p0<5ms", "p101<5ms", "loss<1", "loss<1ms", "wrong==x", "speed<1", "wrong==-1",
    ])
    func refusesWhatIsNone(_ text: String) { #expect(Threshold(text) == nil) }
}
