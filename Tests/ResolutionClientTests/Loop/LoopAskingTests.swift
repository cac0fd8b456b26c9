import EventLoop
import FakeServer
import ResolutionProtocol
import Synchronization
import Testing

@testable import ResolutionClient

struct LoopAskingTests {
    private let short = AskTimeouts(udpWaits: [60, 60, 60], connect: 2_000, answer: 300)
    /// For answers that do come: however busy the machine, they are waited for.
    private let patient = AskTimeouts(udpWaits: [10_000], connect: 10_000, answer: 10_000)

    @Test func manyQuestionsAreAnsweredAtOnce() throws {
        let server = try FakeServer(datagram: { datagram, _ in [answerWire(to: datagram)] })
        defer { server.stop() }
        let names = (0..<200).map { "88.118.8/\($0)" }
        let run = try AskingRun.ask(names.map { question($0) }, at: server.address, timeouts: patient)
        for (name, outcome) in zip(names, run.outcomes) {
            guard case .resolved(let answer) = try outcome.get().body else { return #expect(Bool(false), "no values") }
            #expect(answer.identifier == Array(name.utf8))
        }
        #expect(run.figures.answeredCount == 200 && run.figures.failedCount == 0)
        #expect(run.figures.underWayCount == 0 && run.figures.heldByteCount == 0)
    }

    @Test func F3_idsCannotBeGuessedAndPortsAreDrawnAmongSixteen() throws {
        let server = try FakeServer(datagram: { _, _ in [] })
        defer { server.stop() }
        var ports: Set<UInt16> = []
        var ids: Set<UInt32> = []
        let many = (0..<200).map { _ in question() }
        _ = try AskingRun.ask(many, at: server.address, over: .udp, timeouts: short) { asking in
            ports = Set(asking.questions.values.compactMap { $0.port?.number })
            ids = Set(asking.questions.keys)
        }
        #expect(ids.count == 200)
        #expect(ids.allSatisfy { (1...0x7FFF_FFFF).contains($0) })
        #expect(ports.count == LoopAskingLimits().portsPerServer)
    }

    @Test func F3_aPortIsGivenUpAfterSoManyQuestions() throws {
        let server = try FakeServer(datagram: { datagram, _ in [answerWire(to: datagram)] })
        defer { server.stop() }
        var limits = LoopAskingLimits()
        limits.portsPerServer = 2
        limits.questionsPerPort = 4
        var ports: Set<UInt16> = []
        let many = (0..<40).map { _ in question() }
        let run = try AskingRun.ask(many, at: server.address, limits: limits, timeouts: patient) { asking in
            ports = Set(asking.questions.values.compactMap { $0.port?.number })
        }
        #expect(run.figures.answeredCount == 40)
        #expect(ports.count >= 10)
        #expect(run.figures.portCount <= 2)
    }

    @Test func F3_whatIsNotTheAnswerIsCountedAndEndsNoWait() throws {
        let server = try FakeServer(datagram: { datagram, _ in
            var otherID = datagram
            otherID[11] ^= 1
            guard let asked = try? Message(wire: datagram),
                let other = try? answer(to: question("88.118.8/other", requestID: asked.envelope.requestID))
            else { return [] }
            var operation = other
            operation.header.opCode = .getSiteInfo
            operation.header.responseCode = .error
            operation.body = .error(ErrorBody(message: []))
            let right = answerWire(to: datagram)
            return [
                answerWire(to: otherID), [1, 2, 3], other.wire, operation.wire, datagram, Array(right.dropLast(9)),
                right,
            ]
        })
        defer { server.stop() }
        let run = try AskingRun.ask([question()], at: server.address, over: .udp, timeouts: patient)
        #expect(try run.outcomes[0].get().header.responseCode == .success)
        #expect(run.figures.unmatchedCount == 2)
        #expect(run.figures.unbelievedCount == 4)
    }

    @Test func aServerWithoutUDPIsAskedByTCPAfterThreeSendings() throws {
        let server = try FakeServer(datagram: { _, _ in [] }, connection: answerAll)
        defer { server.stop() }
        var timeouts = short
        timeouts.answer = 10_000
        let run = try AskingRun.ask([question()], at: server.address, timeouts: timeouts)
        #expect(try run.outcomes[0].get().header.responseCode == .success)
        #expect(run.figures.repeatedCount == 2 && run.figures.movedToTCPCount == 1)
        #expect(server.received.withLock { $0.count } == 4)
    }

    @Test func questionsShareAConnection() throws {
        let connectionCount = Mutex(0)
        let server = try FakeServer(connection: { connection in
            connectionCount.withLock { $0 += 1 }
            while let message = connection.readMessage() { connection.write(answerWire(to: message)) }
        })
        defer { server.stop() }
        var limits = LoopAskingLimits()
        limits.connectionsPerServer = 1
        let many = (0..<150).map { question("88.118.8/\($0)") }
        let run = try AskingRun.ask(many, at: server.address, over: .tcp, limits: limits, timeouts: patient)
        #expect(run.figures.answeredCount == 150)
        #expect(connectionCount.withLock { $0 } == 1)
    }

    @Test func aServerThatEndsItsConnectionsAfterOneAnswerIsAskedOneByOne() throws {
        let server = try FakeServer(connection: { connection in
            if let message = connection.readMessage() { connection.write(answerWire(to: message)) }
        })
        defer { server.stop() }
        var limits = LoopAskingLimits()
        limits.connectionsPerServer = 1
        let many = (0..<12).map { question("88.118.8/\($0)") }
        let run = try AskingRun.ask(many, at: server.address, over: .tcp, limits: limits, timeouts: patient)
        #expect(run.figures.answeredCount == 12)
    }

    @Test func anAnswerInManyPacketsIsJoined() throws {
        let server = try FakeServer(datagram: { datagram, _ in
            ((try? datagramsWithoutFlag(answerWire(to: datagram, byteCount: 3_000))) ?? []).reversed()
        })
        defer { server.stop() }
        let run = try AskingRun.ask([question()], at: server.address, over: .udp, timeouts: patient)
        #expect(try run.outcomes[0].get().wire.count > 3_000)
        #expect(run.figures.heldByteCount == 0)
    }

    @Test func F4_packetsOfAHugeAnswerReserveNoMoreThanMayBeHeld() throws {
        let server = try FakeServer(
            datagram: { datagram, _ in
                let packets = (try? datagramsWithoutFlag(answerWire(to: datagram, byteCount: 200_000))) ?? []
                return packets.first.map { [$0] } ?? []
            },
            connection: answerAll
        )
        defer { server.stop() }
        var limits = LoopAskingLimits()
        limits.heldByteCountMax = 100_000
        limits.connectionsPerServer = 1
        var timeouts = short
        timeouts.answer = 10_000
        let run = try AskingRun.ask([question()], at: server.address, limits: limits, timeouts: timeouts)
        #expect(run.figures.overLimitCount >= 1)
        #expect(run.figures.answeredCount == 1 && run.figures.heldByteCount == 0)
    }

    @Test func F4_aStreamOfWhatNobodyAskedForEnds() throws {
        let server = try FakeServer(connection: { connection in
            guard var message = connection.readMessage() else { return }
            message[11] ^= 1
            let stray = answerWire(to: message)
            for _ in 0..<10_000 { connection.write(stray) }
        })
        defer { server.stop() }
        let run = try AskingRun.ask([question()], at: server.address, over: .tcp, timeouts: patient)
        #expect(failure(of: run.outcomes[0]) == .connectionEnded)
        #expect(run.figures.overLimitCount == 1)
        #expect(run.figures.unmatchedCount <= UInt64(LoopAsking.strayCountMax) + 2)
    }

    @Test func F4_anAnswerThatTricklesEndsAtTheWholeMessagesTime() throws {
        let server = try FakeServer(connection: { connection in
            guard let message = connection.readMessage() else { return }
            for byte in answerWire(to: message, byteCount: 100_000) { connection.write([byte]) }
            connection.waitForEnd()
        })
        defer { server.stop() }
        let slow = AskTimeouts(udpWaits: [], connect: 2_000, answer: 30)
        let run = try AskingRun.ask([question()], at: server.address, over: .tcp, timeouts: slow)
        #expect(failure(of: run.outcomes[0]) == .noAnswer(sendings: 1, milliseconds: 30))
    }

    @Test func F4_aMessageLongerThanMayBeEndsTheConnection() throws {
        let server = try FakeServer(connection: { connection in
            guard let message = connection.readMessage() else { return }
            var answer = answerWire(to: message)
            answer.replaceSubrange(16..<20, with: [0x7F, 0xFF, 0xFF, 0xFF])
            connection.write(answer)
            connection.waitForEnd()
        })
        defer { server.stop() }
        let run = try AskingRun.ask([question()], at: server.address, over: .tcp, timeouts: patient)
        #expect(failure(of: run.outcomes[0]) == .malformed(.messageLengthOutOfRange))
        #expect(run.figures.connectionCount == 0)
    }

    @Test func moreThanMayBeUnderWayIsRefusedAtOnce() throws {
        let server = try FakeServer(datagram: { _, _ in [] })
        defer { server.stop() }
        var limits = LoopAskingLimits()
        limits.questionsPerServerMax = 8
        let many = (0..<20).map { _ in question() }
        let run = try AskingRun.ask(many, at: server.address, over: .udp, limits: limits, timeouts: short)
        #expect(run.outcomes.count { failure(of: $0) == .busy } == 12)
        #expect(run.figures.busyCount == 12 && run.figures.failedCount == 8)
        limits = LoopAskingLimits()
        limits.heldByteCountMax = 3 * question().wire.count
        let few = try AskingRun.ask(many, at: server.address, over: .udp, limits: limits, timeouts: short)
        #expect(few.figures.askedCount == 3 && few.figures.busyCount == 17)
    }

    @Test func F1_whereNobodyListensItIsToldAtOnceAndThenLeftAlone() throws {
        let server = try FakeServer()
        server.stop()
        let loop = try EventLoop()
        let asking = try LoopAsking(on: loop, timeouts: patient)
        var first: LoopAsking.Outcome?
        var second: LoopAsking.Outcome?
        asking.ask(question(), at: server.address) { outcome in
            first = outcome
            asking.ask(question(), at: server.address) { second = $0 }
            asking.close()
        }
        loop.run()
        #expect(first.flatMap(failure) == .refused)
        guard case .leftAlone? = second.flatMap(failure) else { return #expect(Bool(false), "asked again") }
        #expect(asking.figures.leftAloneCount == 1)
        #expect(asking.states.first?.silentNanoseconds != nil)
    }

    @Test func whatIsUnderWayFailsWhenItEnds() throws {
        let server = try FakeServer(datagram: { _, _ in [] })
        defer { server.stop() }
        let loop = try EventLoop()
        let asking = try LoopAsking(on: loop, timeouts: patient)
        var outcome: LoopAsking.Outcome?
        asking.ask(question(), at: server.address) { outcome = $0 }
        asking.close()
        loop.run()
        #expect(outcome.flatMap(failure) == .connectionEnded)
        #expect(loop.openHandleCount() == 0)
        var late: LoopAsking.Outcome?
        asking.ask(question(), at: server.address) { late = $0 }
        #expect(late.flatMap(failure) == .busy)
    }

    private let answerAll: @Sendable (FakeConnection) -> Void = { connection in
        while let message = connection.readMessage() { connection.write(answerWire(to: message)) }
    }

    private func failure(of outcome: LoopAsking.Outcome) -> AskFailure? {
        if case .failure(let failure) = outcome { failure } else { nil }
    }
}
