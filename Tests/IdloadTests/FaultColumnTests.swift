import EventLoop
import FakeServer
import ResolutionProtocol
import Synchronization
import Testing

@testable import idload

/// Answers that a server keeps back.
private final class HeldAnswers: Sendable {
    private let answers = Mutex<[[UInt8]]>([])

    func add(_ answer: [UInt8]) { answers.withLock { $0.append(answer) } }

    func takeAll() -> [[UInt8]] {
        answers.withLock { answers in
            defer { answers = [] }
            return answers
        }
    }
}

/// Every fault of a server stands in its own column, with its exact number.
struct FaultColumnTests {
    /// What a server does with a question, by the last digit of its identifier.
    private enum Behaviour: Int {
        case silent, late, twice, underAnotherID, aboutAnother, cut, huge, notFound, right8, right9
    }

    private static let timeoutMilliseconds = 400

    @Test(arguments: [LoadPlan.Carrier.udp, .tcp])
    func eachFaultIsCountedOnceInItsColumn(_ carrier: LoadPlan.Carrier) throws {
        let held = HeldAnswers()
        let answers: @Sendable ([UInt8]) -> [[UInt8]] = { request in
            // With one question under way, the next one comes after the late one has been given up.
            let late = held.takeAll()
            return late + Self.answers(to: request, isWhole: carrier == .tcp) { held.add($0) }
        }
        let server = try server(carrier, answers: answers)
        defer { server.stop() }
        let tally = try run(carrier, against: server, questionCount: 20, outstanding: 1).tally
        #expect(tally.sent == 20)
        #expect(tally.unsent == 0)
        #expect(tally.right == 8)
        #expect(tally.wrong == 6)
        #expect(tally.faults == [.identifier: 2, .malformed: 2, .code(100): 2])
        // The first of each column are kept with their bytes (L11).
        let columns = tally.samples.map(\.column)
        #expect(columns.count { $0 == .wrong } == 6)
        #expect(columns.count { $0 == .lost } == 6)
        #expect(columns.count { $0 == .late } == 2)
        #expect(columns.count { $0 == .duplicate } == 2)
        #expect(columns.count { $0 == .unexpected } == 2)
        #expect(tally.samples.allSatisfy { !$0.packet.isEmpty })
        #expect(tally.lost == 6)
        #expect(tally.late == 2)
        #expect(tally.duplicate == 2)
        #expect(tally.unexpected == 2)
        #expect(tally.disconnected == 0)
        // 14 of 20 are answered: the 70th percentile is among them, the next is not.
        #expect(tally.microseconds(atPercentile: 70) != nil)
        #expect(tally.microseconds(atPercentile: 71) == nil)
    }

    @Test func silenceIsLostAndNothingElse() throws {
        let server = try FakeServer(datagram: { _, _ in [] })
        defer { server.stop() }
        let result = try run(.udp, against: server, questionCount: 10, outstanding: 4)
        #expect(result.tally.sent == 10)
        #expect(result.tally.lost == 10)
        #expect(result.tally.answered == 0)
        #expect(server.received.withLock { $0.count } == 10)
        #expect(!result.wasRefused)
    }

    @Test func aTargetWithoutAnybodyEndsTheRun() throws {
        let server = try FakeServer()
        let result = try run(.udp, against: server, questionCount: 1_000, outstanding: 1)
        #expect(result.wasRefused)
        #expect(result.tally.sent < 1_000)
        #expect(throws: (any Error).self) { try run(.tcp, against: server, questionCount: 1, outstanding: 1) }
    }

    @Test func aConnectionThatEndsIsMadeAnewAndItsQuestionIsLost() throws {
        let count = Mutex(0)
        let server = try FakeServer(connection: { connection in
            let isFirst = count.withLock { count in
                count += 1
                return count == 1
            }
            while let request = connection.readMessage() {
                if isFirst { return }
                connection.write(answerWire(to: request))
            }
        })
        defer { server.stop() }
        let tally = try run(.tcp, against: server, questionCount: 10, outstanding: 1).tally
        #expect(tally.disconnected == 1)
        #expect(tally.lost == 1)
        #expect(tally.right == 9)
    }

    @Test func valuesAreComparedWhereTheyAreExpected() throws {
        let server = try FakeServer(datagram: { datagram, _ in [answerWire(to: datagram, byteCount: 20)] })
        defer { server.stop() }
        let questions = QuestionSet()
        for (name, byteCount) in [("a", 20), ("b", 21), ("c", 20)] {
            var digest = ValueDigest()
            let data = [UInt8](repeating: 65, count: byteCount)
            digest.add(index: 1, type: Array("URL".utf8).span.bytes, data: data.span.bytes)
            questions.add(Array("88.118.8/\(name)".utf8), values: digest)
        }
        let plan = plan(.udp, against: server, outstanding: 1)
        let tally = LoadEngine(plan: plan, questions: questions, carriers: try LoadEngine.open(plan)).run { _ in }.tally
        #expect(tally.right == 2)
        #expect(tally.faults == [.values: 1])
        #expect(tally.samples.first?.identifier == Array("88.118.8/b".utf8))
    }

    /// A server that answers each question over `carrier` with what `answers` says.
    private func server(
        _ carrier: LoadPlan.Carrier,
        answers: @escaping @Sendable ([UInt8]) -> [[UInt8]]
    ) throws -> FakeServer {
        guard carrier == .tcp else { return try FakeServer(datagram: { datagram, _ in answers(datagram) }) }
        return try FakeServer(connection: { connection in
            while let request = connection.readMessage() {
                for answer in answers(request) { connection.write(answer) }
            }
        })
    }

    private func plan(_ carrier: LoadPlan.Carrier, against server: FakeServer, outstanding: Int) -> LoadPlan {
        var plan = LoadPlan(target: server.address, carrier: carrier, seed: 1)
        plan.loop = .closed(outstanding: outstanding, ratePerSecondMax: nil, seconds: 60, warmupSeconds: 0)
        plan.connections = 1
        plan.keys = .inOrder(isShuffled: false, stops: true)
        plan.timeoutNanoseconds = UInt64(Self.timeoutMilliseconds) * 1_000_000
        return plan
    }

    private func run(
        _ carrier: LoadPlan.Carrier,
        against server: FakeServer,
        questionCount: Int,
        outstanding: Int
    ) throws -> LoadResult {
        let questions = QuestionSet()
        for number in 0..<questionCount { questions.add(Array("88.118.8/part-\(number)".utf8)) }
        let plan = plan(carrier, against: server, outstanding: outstanding)
        return LoadEngine(plan: plan, questions: questions, carriers: try LoadEngine.open(plan)).run { _ in }
    }

    private static func answers(
        to request: [UInt8],
        isWhole: Bool,
        hold: ([UInt8]) -> Void
    ) -> [[UInt8]] {
        guard let message = try? Message(wire: request), case .resolve(var asked) = message.body,
            let digit = asked.identifier.last, let behaviour = Behaviour(rawValue: Int(digit) - 48)
        else { return [] }
        let right = answerWire(to: request)
        switch behaviour {
        case .silent: return []
        case .late:
            hold(right)
            return []
        case .twice: return [right, right]
        case .underAnotherID:
            var other = message
            other.envelope.requestID ^= 0x4000_0000
            return [answerWire(to: other.wire)]
        case .aboutAnother:
            asked.identifier.append(UInt8(ascii: "!"))
            var other = message
            other.body = .resolve(asked)
            return [answerWire(to: other.wire)]
        case .cut: return [cut(right)]
        case .huge:
            let huge = answerWire(to: request, byteCount: 5_000)
            return isWhole ? [huge] : (try? datagramsWithoutFlag(huge)) ?? []
        case .notFound:
            var answer = message
            answer.header.responseCode = .identifierNotFound
            answer.body = .error(ErrorBody(message: []))
            return [answer.wire]
        case .right8, .right9: return [right]
        }
    }

    /// An answer whose last value is cut off, with an envelope that is content with that.
    private static func cut(_ wire: [UInt8]) -> [UInt8] {
        var cut = Array(wire.dropLast(10))
        let length = cut.count - 20
        cut[18] = UInt8(length >> 8)
        cut[19] = UInt8(length & 0xFF)
        return cut
    }
}
