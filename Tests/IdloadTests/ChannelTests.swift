import EventLoop
import FakeServer
import Testing

@testable import idload

/// Runs with several targets, protocols and threads.
struct ChannelTests {
    private func address(_ port: UInt16) -> SocketAddress { SocketAddress(ipv4: 0x7F00_0001, port: port) }

    private func questions(_ count: Int = 10) -> QuestionSet {
        let questions = QuestionSet()
        for number in 0..<count { questions.add(Array("88.118.8/part-\(number)".utf8)) }
        return questions
    }

    private func plan(weights: [Double], _ loop: LoadPlan.Loop) -> LoadPlan {
        let targets = weights.enumerated().map { number, weight in
            LoadTarget(address: address(UInt16(number + 1)), carrier: .udp, weight: weight)
        }
        var plan = LoadPlan(targets: targets, seed: 5)
        plan.loop = loop
        return plan
    }

    @Test("L14: each target gets its part of the questions, and has figures of its own")
    func weights() {
        let plan = plan(weights: [3, 1], .open(Schedule(.constant(1_000), seconds: 4), catchesUp: false))
        let (first, second) = (SimulatedTarget { $0 + 100_000 }, SimulatedTarget { $0 + 100_000 })
        second.follow(first)
        let engine = LoadEngine(plan: plan, questions: questions(), carriers: [first, second], clock: first)
        let result = engine.run { _ in }
        #expect(result.channels.map(\.tally.sent) == [3_000, 1_000])
        #expect(result.tally.sent == 4_000)
        #expect(result.tally.right == 4_000)
        #expect(result.tally.response.count == 4_000)
    }

    @Test("L14: a target that takes nothing does not keep a closed loop from asking the other")
    func aFullTargetIsPassedOver() {
        let loop = LoadPlan.Loop.closed(outstanding: 8, ratePerSecondMax: 1_000, seconds: 2, warmupSeconds: 0)
        let (first, second) = (SimulatedTarget { $0 + 100_000 }, SimulatedTarget(takes: { _ in false }) { $0 })
        second.follow(first)
        let plan = plan(weights: [1, 1], loop)
        let result = LoadEngine(plan: plan, questions: questions(), carriers: [first, second], clock: first).run { _ in
        }
        #expect(result.channels[0].tally.sent > 1_500)
        #expect(result.channels[1].tally.sent == 0)
    }

    @Test("L13: UDP and TCP of one target are asked in one run, by two threads")
    func protocolsOnThreads() throws {
        let server = try FakeServer(
            datagram: { datagram, _ in [answerWire(to: datagram)] },
            connection: { connection in
                while let request = connection.readMessage() { connection.write(answerWire(to: request)) }
            }
        )
        defer { server.stop() }
        let targets = [
            LoadTarget(address: server.address, carrier: .udp), LoadTarget(address: server.address, carrier: .tcp),
        ]
        var plan = LoadPlan(targets: targets, seed: 1)
        plan.threadCount = 2
        plan.connections = 1
        plan.keys = .inOrder(isShuffled: false, stops: true)
        // However busy the machine, an answer that comes is waited for.
        plan.timeoutNanoseconds = 60_000_000_000
        plan.loop = .closed(outstanding: 4, ratePerSecondMax: nil, seconds: 60, warmupSeconds: 0)
        var secondsSum: UInt64 = 0
        let result = try LoadCrew(plan: plan, questions: questions(100)).run { secondsSum += $0.answered }
        // Each of the two threads had every other identifier.
        #expect(result.tally.sent == 100)
        #expect(result.tally.right == 100)
        #expect(secondsSum == 100)
        #expect(result.channels.map(\.tally.sent).reduce(0, +) == 100)
        #expect(result.channels.allSatisfy { $0.tally.sent >= 32 })
    }

    @Test("L13: what cannot be reached is named")
    func unreachable() throws {
        let server = try FakeServer(datagram: { datagram, _ in [answerWire(to: datagram)] })
        defer { server.stop() }
        let plan = LoadPlan(
            targets: [
                LoadTarget(address: server.address, carrier: .udp), LoadTarget(address: address(1), carrier: .tcp),
            ],
            seed: 1
        )
        let error = #expect(throws: UnreachableTarget.self) { try LoadCrew(plan: plan, questions: questions()) }
        #expect(error?.target == plan.targets[1])
    }
}
