import EventLoop
import Resolution
import ResolutionClient
import ResolutionProtocol
import Testing

@testable import Transport

struct RecursionRunTests {
    @Test func twoHundredWaitersAreOneQuestion() throws {
        let bench = try RecursionBench()
        for number in 0..<200 { bench.ask(worker: number % 2) }
        #expect(bench.asked.count == 1)
        #expect(bench.run.figures.waiterCount == 200 && bench.run.figures.joinedCount == 199)
        bench.answer(0)
        for worker in 0..<2 {
            #expect(bench.delivered(to: worker).count == 1)
            #expect(bench.answered(by: worker).count == 100)
            #expect(bench.answered(by: worker).allSatisfy { $0.isFound })
        }
        #expect(bench.run.figures.openCount == 0 && bench.run.figures.waiterCount == 0)
    }

    @Test func whatOneWorkerAskedForAllKeep() throws {
        let bench = try RecursionBench()
        bench.ask("0.NA/88.2", worker: 1)
        bench.answer(0)
        bench.ask(worker: 0)
        bench.answer(1)
        #expect(bench.delivered(to: 1).map(\.tickets.count) == [1, 0])
        #expect(bench.delivered(to: 1).map(\.outcome.finding.isFound) == [true, true])
    }

    @Test func aWorkerThatAsksBeforeItHasSeenTheAnswerHasNobodyAskedAgain() throws {
        let bench = try RecursionBench()
        bench.ask(worker: 0)
        bench.answer(0)
        bench.ask(worker: 1)
        #expect(bench.asked.count == 1)
        #expect(bench.answered(by: 1).map(\.isFound) == [true])
        bench.wait(1.5)
        bench.ask(worker: 1)
        #expect(bench.asked.count == 2)
    }

    @Test func waitersAndQuestionsAreBoundedAndTheRestIsToldThatItIsTooMuch() throws {
        var limits = RecursionLimits()
        limits.waitersPerQuestionMax = 3
        limits.questionCountMax = 4
        let bench = try RecursionBench(limits: limits)
        for _ in 0..<5 { bench.ask() }
        #expect(bench.answered() == [.failed(.busy), .failed(.busy)])
        for number in 0..<5 { bench.ask("0.NA/88.1\(number)") }
        #expect(bench.asked.count == 4)
        #expect(bench.answered().count == 4)
        #expect(bench.run.figures.busyCount == 4)
    }

    @Test func whatNobodyWaitsForLeavesHalfOfTheRoom() throws {
        var limits = RecursionLimits()
        limits.questionCountMax = 4
        let bench = try RecursionBench(limits: limits)
        for number in 0..<4 { bench.ask("0.NA/88.1\(number)", forCache: true) }
        #expect(bench.asked.count == 2)
        bench.ask()
        #expect(bench.asked.count == 3)
        #expect(bench.run.figures.prefetchCount == 2)
        bench.answer(0)
        #expect(bench.delivered().map(\.tickets.count) == [0])
    }

    @Test func aServerIsAskedOverEachOfItsWaysBeforeTheNext() throws {
        let bench = try RecursionBench(ports: (2_641, 2_642))
        bench.ask()
        #expect(bench.asked.map(\.attempt.transport) == [.udp])
        bench.fail(0)
        #expect(bench.asked.map(\.attempt.transport) == [.udp, .tcp])
        #expect(bench.asked.map(\.attempt.server.port) == [2_641, 2_642])
        bench.answer(1)
        #expect(bench.answered().map(\.isFound) == [true])
        let other = try RecursionBench()
        other.ask()
        #expect(other.asked.map(\.attempt.transport) == [.automatic])
    }

    @Test func F1_whoeverHasAStaleAnswerWaitsNoLongerThanThat() throws {
        let bench = try RecursionBench()
        bench.ask(hasStale: true)
        bench.ask(worker: 1)
        bench.wait(1.7)
        #expect(bench.answered().isEmpty)
        bench.wait(0.2)
        #expect(bench.answered() == [.failed(.unreachable)])
        #expect(bench.answered(by: 1).isEmpty)
        bench.ask(hasStale: true)
        bench.wait(0.1)
        #expect(bench.answered().count == 2)
        #expect(bench.run.figures.staleCount == 2 && bench.run.figures.waiterCount == 1)
        bench.answer(0)
        #expect(bench.answered(by: 1).map(\.isFound) == [true])
        #expect(bench.delivered().last?.outcome.finding.isFound == true)
    }

    @Test func F1_aSilentLevelAboveEndsInAnAnswerNotInWaiting() throws {
        let bench = try RecursionBench()
        bench.ask()
        bench.fail(0)
        #expect(bench.answered() == [.failed(.unreachable)])
        bench.ask("0.NA/88.3")
        bench.wait(14.9)
        #expect(bench.answered().count == 1)
        bench.wait(0.2)
        #expect(bench.answered().count == 2)
        #expect(bench.run.figures.timedOutCount == 1)
        // What comes later finds nobody.
        bench.answer(1)
        #expect(bench.answered().count == 2)
    }

    @Test func noRoomToAskIsTooMuchAndNotSilence() throws {
        let bench = try RecursionBench()
        bench.ask()
        bench.fail(0, .busy)
        #expect(bench.answered() == [.failed(.busy)])
    }

    @Test func anInquiryWaitsWithTheRequestsForTheSameAndKeepsNothing() throws {
        let bench = try RecursionBench()
        bench.ask()
        bench.inquire()
        bench.inquire("0.NA/88.2")
        #expect(bench.asked.count == 2 && bench.run.figures.waiterCount == 3)
        bench.answer(0)
        bench.fail(1)
        #expect(bench.inquired.map(\.isFound) == [true, false] && bench.answered().map(\.isFound) == [true])
        // What was found a moment ago is told at once.
        bench.inquire()
        #expect(bench.inquired.count == 3 && bench.asked.count == 2)
        #expect(bench.run.figures.waiterCount == 0 && bench.run.figures.openCount == 0)
    }

    @Test func inquiriesLeaveHalfOfTheRoomToRequests() throws {
        var limits = RecursionLimits()
        limits.questionCountMax = 4
        let bench = try RecursionBench(limits: limits)
        for number in 0..<4 { bench.inquire("0.NA/88.1\(number)") }
        #expect(bench.asked.count == 2 && bench.inquired == [.failed(.busy), .failed(.busy)])
        for number in 0..<2 { bench.ask("0.NA/88.2\(number)") }
        #expect(bench.asked.count == 4)
        bench.run.end()
        #expect(bench.inquired.count == 4 && bench.answered().count == 2)
    }

    @Test func atTheEndAllWhoWaitAreAnswered() throws {
        let bench = try RecursionBench()
        for number in 0..<3 { bench.ask("0.NA/88.\(number)") }
        bench.run.end()
        #expect(bench.answered() == [.failed(.busy), .failed(.busy), .failed(.busy)])
        #expect(bench.run.figures.openCount == 0)
    }

    @Test func answersThatAreNotProvenAreToldApartFromSilence() throws {
        let bench = try RecursionBench(ports: (2_641, 2_642))
        bench.inquire(flags: [.certify, .publicOnly])
        bench.fail(0, .unproven)
        bench.fail(1)
        #expect(bench.inquired == [.failed(.unproven)])
        #expect(bench.run.figures.unprovenCount == 1)
    }

    @Test func F3_keysOfAdministratorsAreAskedForOverConnectionsAlone() throws {
        let bench = try RecursionBench()
        bench.inquire(provesIdentity: true)
        #expect(bench.asked.map(\.attempt.transport) == [.tcp])
        bench.fail(0)
        #expect(bench.inquired == [.failed(.unreachable)] && bench.asked.count == 1)
    }
}

extension RecursionOutcome.Finding {
    /// Whether there are values.
    fileprivate var isFound: Bool {
        if case .found = self { true } else { false }
    }
}
