import EventLoop
import FakeServer
import ResolutionProtocol
import Testing

@testable import ResolutionClient

struct PipelinedAskingTests {
    private let short = AskTimeouts(connect: 10_000, answer: 1_000)
    private let patient = AskTimeouts(connect: 10_000, answer: 10_000)

    @Test func manyQuestionsGoOverOneConnectionAndAnswersComeInAnyOrder() throws {
        let server = try FakeServer(connection: { connection in
            // Two by two, the later first.
            while let first = connection.readMessage(), let second = connection.readMessage() {
                connection.write(answerWire(to: second))
                connection.write(answerWire(to: first))
            }
        })
        defer { server.stop() }
        var asked = 0
        var answered: Set<[UInt8]> = []
        let count = try BlockingClient(server: server.address, timeouts: patient).askAll(inFlight: 16) {
            asked += 1
            return asked <= 5_000 ? question("88.118.8/\(asked)", requestID: 0) : nil
        } each: { request, outcome in
            guard case .resolve(let question) = request.body, case .success(let answer) = outcome,
                case .resolved(let resolved) = answer.body
            else { return false }
            #expect(resolved.identifier == question.identifier)
            answered.insert(question.identifier)
            return true
        }
        #expect(count == 5_000)
        #expect(answered.count == 5_000)
    }

    @Test func aWrongAnswerIsHandedOnAndTheRestGoesOn() throws {
        let server = try FakeServer(connection: { connection in
            while let request = connection.readMessage(), var message = try? Message(wire: request) {
                if case .resolve(var asked) = message.body, asked.identifier.last == UInt8(ascii: "3") {
                    asked.identifier.append(0x21)
                    message.body = .resolve(asked)
                }
                connection.write(answerWire(to: message.wire))
            }
        })
        defer { server.stop() }
        var asked = 0
        var wrong = 0
        let count = try BlockingClient(server: server.address, timeouts: patient).askAll(inFlight: 4) {
            asked += 1
            return asked <= 100 ? question("88.118.8/\(asked)", requestID: 0) : nil
        } each: { _, outcome in
            if outcome == .failure(.wrongIdentifier) { wrong += 1 }
            return true
        }
        #expect(count == 100)
        #expect(wrong == 10)
    }

    @Test func anAnswerToNoQuestionOfOursIsFatal() throws {
        let server = try FakeServer(connection: { connection in
            guard let request = connection.readMessage() else { return }
            let answer = answerWire(to: request)
            connection.write(answer)
            connection.write(answer)
            connection.waitForEnd()
        })
        defer { server.stop() }
        let error = #expect(throws: AskError.self) {
            try BlockingClient(server: server.address, timeouts: patient).askAll(inFlight: 1) {
                question(requestID: 0)
            } each: { _, _ in
                true
            }
        }
        guard case .wrongRequestID? = error?.failure else {
            return #expect(Bool(false), "\(String(describing: error))")
        }
    }

    @Test func silenceEndsInAnErrorAndStoppingInNone() throws {
        let server = try FakeServer(connection: { connection in
            if let request = connection.readMessage() { connection.write(answerWire(to: request)) }
            connection.waitForEnd()
        })
        defer { server.stop() }
        let client = BlockingClient(server: server.address, timeouts: patient)
        let hasty = BlockingClient(server: server.address, timeouts: short)
        let error = #expect(throws: AskError.self) {
            try hasty.askAll(inFlight: 4, next: { question(requestID: 0) }, each: { _, _ in true })
        }
        #expect(error?.failure == .noAnswer(sendings: 1, milliseconds: 1_000))
        #expect(try client.askAll(inFlight: 4, next: { question(requestID: 0) }, each: { _, _ in false }) == 1)
        #expect(try client.askAll(next: { nil }, each: { _, _ in true }) == 0)
    }
}
