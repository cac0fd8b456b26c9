import EventLoop
import ResolutionProtocol
import Testing
import TransportSuite

@testable import idload

/// The load tool against the answering side.
struct LoadingANodeTests {
    @Test(arguments: [LoadPlan.Carrier.udp, .tcp])
    func everyRecordIsItsOwnAndTheMissingOnesAreMissing(_ carrier: LoadPlan.Carrier) throws {
        let node = try SampleNode()
        defer { node.stop() }
        let questions = QuestionSet()
        for number in 0..<SampleNode.itemCount {
            var digest = ValueDigest()
            for value in SampleNode.values(of: number) {
                digest.add(index: value.index, type: value.type.span.bytes, data: value.data.span.bytes)
            }
            questions.add(SampleNode.item(number), values: digest)
        }
        var numbers = SeededNumbers(seed: 3)
        questions.addMissing(64, numbers: &numbers)
        var plan = LoadPlan(target: node.address, carrier: carrier, seed: 3)
        plan.loop = .closed(outstanding: 64, ratePerSecondMax: nil, seconds: 600, warmupSeconds: 0)
        plan.verification = .full
        plan.keys = .inOrder(isShuffled: false, stops: true)
        plan.missingPercent = 10
        // However busy the machine, an answer that comes is waited for.
        plan.timeoutNanoseconds = 60_000_000_000
        let run = LoadEngine(plan: plan, questions: questions, carriers: try LoadEngine.open(plan))
        let tally = run.run { _ in }.tally
        #expect(tally.right == tally.sent)
        #expect(tally.sent > UInt64(SampleNode.itemCount))
        #expect(tally.wrong == 0)
        #expect(tally.duplicate + tally.unexpected + tally.late + tally.disconnected == 0)
    }
}
