import EventLoop
import FakeServer
import Testing

@testable import idload

/// Runs on a simulated clock: what a target's stall, and one of our own, does to the figures.
struct LoadEngineTests {
    private static let millisecond: UInt64 = 1_000_000
    private static let second: UInt64 = 1_000_000_000

    private func run(
        _ loop: LoadPlan.Loop,
        _ target: SimulatedTarget,
        eachSecond: (LoadSecond) -> Void = { _ in }
    ) -> LoadResult {
        var plan = LoadPlan(target: SocketAddress(ipv4: 0x7F00_0001, port: 1), seed: 5)
        plan.loop = loop
        let questions = QuestionSet()
        for number in 0..<10 { questions.add(Array("88.118.8/part-\(number)".utf8)) }
        return LoadEngine(plan: plan, questions: questions, carriers: [target], clock: target).run(
            eachSecond: eachSecond
        )
    }

    private func open(_ rate: Double, seconds: Double = 4, warmup: Double = 0, catchesUp: Bool = false) -> LoadPlan.Loop
    {
        .open(Schedule(.constant(rate), seconds: seconds, warmupSeconds: warmup), catchesUp: catchesUp)
    }

    /// A target that answers in 0.1 ms, but for half a second not at all: what came then it answers at its end.
    private func stallingTarget() -> SimulatedTarget {
        SimulatedTarget { sent in
            let prompt = sent + Self.millisecond / 10
            return (2 * Self.second..<5 * Self.second / 2).contains(sent) ? 5 * Self.second / 2 : prompt
        }
    }

    @Test func L3_aStallOfTheTargetCannotHideInAnOpenLoop() throws {
        let result = run(open(1_000), stallingTarget())
        let tally = result.tally
        #expect(tally.sent == 4_000)
        #expect(tally.right == 4_000)
        // 500 of 4,000 waited, evenly between nothing and half a second.
        let response = LatencyHistogram.percentiles.map { tally.microseconds(atPercentile: $0.percent) ?? 0 }
        #expect(response[0] < 2_000)
        #expect((95_000...105_000).contains(response[1]))
        #expect((455_000...465_000).contains(response[3]))
        #expect((495_000...501_000).contains(response[6]))
        #expect(result.generator.notSent == 0)
        #expect(result.generator.limits.isEmpty)
    }

    @Test func L3_theSameStallHidesInAClosedLoop() throws {
        let loop = LoadPlan.Loop.closed(outstanding: 1, ratePerSecondMax: 1_000, seconds: 4, warmupSeconds: 0)
        let tally = run(loop, stallingTarget()).tally
        let p99 = try #require(tally.microseconds(atPercentile: 99))
        let longest = try #require(tally.microseconds(atPercentile: 100))
        #expect(p99 < 2_000)
        #expect((495_000...501_000).contains(longest))
        #expect(tally.sent < 3_600)
    }

    @Test func L3_unansweredOnesStayInThePercentiles() {
        var count = 0
        let target = SimulatedTarget { sent in
            count += 1
            return count % 50 == 0 ? nil : sent + Self.millisecond
        }
        let tally = run(open(1_000, seconds: 2), target).tally
        #expect(tally.lost == 40)
        #expect(tally.right == 1_960)
        #expect(tally.microseconds(atPercentile: 98) != nil)
        #expect(tally.microseconds(atPercentile: 98.1) == nil)
        #expect(tally.serviceMicroseconds(atPercentile: 99) == nil)
    }

    @Test func L4_aStallOfOursIsNotTheTargetsAndIsNotCaughtUp() throws {
        let target = SimulatedTarget(stalls: [(at: 2 * Self.second, nanoseconds: 300 * Self.millisecond)]) {
            $0 + Self.millisecond / 10
        }
        let result = run(open(1_000), target)
        #expect((285...295).contains(result.generator.notSent))
        #expect(result.tally.sent + result.generator.notSent == 4_000)
        #expect(result.generator.limits == [.lateness])
        #expect((295...305).contains(result.generator.backlog))
        let longest = try #require(result.tally.microseconds(atPercentile: 100))
        #expect(longest < 12_000)
        for start in stride(from: 0, to: 3 * Self.second, by: 100_000_000) {
            let sent = target.sendings.count { $0 >= start && $0 < start + Self.second }
            #expect(sent <= 1_011)
        }
    }

    @Test func L4_caughtUpTheStallIsInTheResponseTimeAlone() throws {
        let target = SimulatedTarget(stalls: [(at: 2 * Self.second, nanoseconds: 300 * Self.millisecond)]) {
            $0 + Self.millisecond / 10
        }
        let result = run(open(1_000, catchesUp: true), target)
        #expect(result.generator.notSent == 0)
        #expect(result.tally.sent == 4_000)
        let response = try #require(result.tally.microseconds(atPercentile: 99))
        let service = try #require(result.tally.serviceMicroseconds(atPercentile: 100))
        #expect(response > 250_000)
        #expect(service < 2_000)
        let late = try #require(result.generator.timerError.microseconds(atPercentile: 100))
        #expect((290_000...301_000).contains(late))
        // What the response times show is our own stall.
        #expect(result.generator.limits == [.lateness])
    }

    @Test func L4_aLongStallIsABacklog() {
        let target = SimulatedTarget(stalls: [(at: Self.second, nanoseconds: Self.second / 2)]) { $0 + 1_000 }
        let result = run(open(3_000, catchesUp: true), target)
        #expect(result.generator.limits == [.backlog, .lateness])
    }

    @Test func L5_aBurstIsNoBacklog() {
        let loop = LoadPlan.Loop.open(Schedule(.burst(2_000, everySeconds: 1), seconds: 2), catchesUp: false)
        let result = run(loop, SimulatedTarget { $0 + Self.millisecond })
        #expect(result.tally.right == 4_000)
        #expect(result.generator.limits.isEmpty)
    }

    @Test func L4_aProcessorTakenWhollyIsTold() {
        let target = SimulatedTarget(processorShare: 0.97) { $0 + 1_000 }
        let result = run(open(100), target)
        #expect(result.generator.limits == [.processor])
        #expect((0.96...0.98).contains(result.generator.processorShare))
        #expect((0.96...0.98).contains(result.generator.busiestProcessorShare))
    }

    @Test func L4_whatATargetDoesNotTakeIsLostAndNotOurs() {
        let target = SimulatedTarget(
            takes: { !(Self.second..<2 * Self.second).contains($0) },
            answerTime: { $0 + 1_000 }
        )
        let result = run(open(100, seconds: 3), target)
        #expect(result.tally.sent == 300)
        #expect((99...101).contains(result.tally.unsent))
        #expect(result.tally.lost == result.tally.unsent)
        #expect(result.generator.notSent == 0)
    }

    @Test func L5_theWarmUpIsNotInTheResult() throws {
        // While it warms up the target is slow, and answers every tenth question not at all.
        var count = 0
        let target = SimulatedTarget { sent in
            count += 1
            guard sent < Self.second else { return sent + Self.millisecond / 10 }
            return count % 10 == 0 ? nil : sent + 50 * Self.millisecond
        }
        let result = run(open(1_000, seconds: 2, warmup: 1), target)
        #expect(target.sendings.count == 3_000)
        #expect(result.tally.sent == 2_000)
        #expect(result.tally.right == 2_000)
        #expect(result.tally.lost == 0)
        let longest = try #require(result.tally.microseconds(atPercentile: 100))
        #expect(longest < 2_000)
        #expect((1.9...2.1).contains(result.seconds))
    }

    @Test func L8_everySecondHasItsFigures() {
        var seconds: [LoadSecond] = []
        let result = run(open(500, seconds: 3, warmup: 1), stallingTarget()) { seconds.append($0) }
        #expect(seconds.count == 4)
        #expect(seconds.map(\.isMeasured).filter { $0 }.count >= 3)
        #expect(seconds.allSatisfy { abs(($0.targetPerSecond ?? 0) - 500) < 5 && abs($0.sentPerSecond - 500) < 5 })
        #expect(seconds.reduce(0) { $0 + $1.sent } >= 1_999)
        #expect(seconds[1].microseconds(atPercentile: 99).map { $0 < 2_000 } == true)
        #expect(seconds[2].microseconds(atPercentile: 99).map { $0 > 400_000 } == true)
        #expect(seconds.allSatisfy { abs($0.processorShare - 0.1) < 0.01 && $0.connections == 1 })
        #expect(result.tally.sent == 1_500)
    }

    @Test(arguments: [LoadPlan.Carrier.udp, .tcp])
    func L2_anOpenLoopAsksARealSocket(_ carrier: LoadPlan.Carrier) throws {
        let server = try FakeServer(
            datagram: { datagram, _ in [answerWire(to: datagram)] },
            connection: { connection in
                while let request = connection.readMessage() { connection.write(answerWire(to: request)) }
            }
        )
        defer { server.stop() }
        var plan = LoadPlan(target: server.address, carrier: carrier, seed: 1)
        plan.connections = 1
        plan.timeoutNanoseconds = 60 * Self.second
        plan.loop = open(400, seconds: 0.5)
        let questions = QuestionSet()
        questions.add(Array("88.118.8/part".utf8))
        let result = LoadEngine(plan: plan, questions: questions, carriers: try LoadEngine.open(plan)).run { _ in }
        #expect(result.tally.sent + result.generator.notSent == 200)
        #expect(result.tally.sent > 0)
        #expect(result.tally.right == result.tally.sent)
    }
}
