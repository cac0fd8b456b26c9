import EventLoop
import FakeServer
import Glibc
import ResolutionProtocol
import Testing

@testable import ResolutionClient

struct ControlClientTests {
    @Test func asksAndTakesTheText() throws {
        let node = try FakeNode { request in
            #expect(request.header.opCode == ControlOperation.counts.opCode)
            #expect(request.body == .bytes(WireText(Array("2026-01-01".utf8)).wire))
            return [Self.success(to: request, "{\"a\":1}")]
        }
        defer { node.stop() }
        let text = try ControlClient(path: node.path).ask(.counts, argument: Array("2026-01-01".utf8))
        #expect(text == Array("{\"a\":1}".utf8))
    }

    @Test func joinsAnAnswerInSeveralMessages() throws {
        let node = try FakeNode { request in
            var first = Self.success(to: request, String(repeating: "m", count: 250_000))
            first.header.flags.insert(.continued)
            return [first, Self.success(to: request, "end")]
        }
        defer { node.stop() }
        #expect(try ControlClient(path: node.path).ask(.metrics).count == 250_003)
    }

    @Test func aRefusalBearsCodeAndText() throws {
        let node = try FakeNode { request in
            var answer = Self.success(to: request, "")
            answer.header.responseCode = .error
            answer.body = .error(ErrorBody(message: Array("line 3".utf8)))
            return [answer]
        }
        defer { node.stop() }
        #expect(throws: ControlError.refused(path: node.path, code: .error, text: "line 3")) {
            try ControlClient(path: node.path).ask(.reload)
        }
    }

    @Test func noNodeIsSaidWithThePath() throws {
        let path = "no-node-\(getpid()).socket"
        let error = #expect(throws: ControlError.self) { try ControlClient(path: path).ask(.status) }
        #expect(error == .asking(AskError(server: path, carrier: .unix, failure: .system(errno: ENOENT))))
        #expect(error?.description.contains(path) == true)
        let long = String(repeating: "x", count: 200)
        let tooLong = #expect(throws: ControlError.self) { try ControlClient(path: long).ask(.status) }
        #expect(tooLong == .asking(AskError(server: long, carrier: .unix, failure: .system(errno: ENAMETOOLONG))))
    }

    private static func success(to request: Message, _ text: String) -> Message {
        var answer = request
        answer.header.responseCode = .success
        answer.body = .bytes(WireText(Array(text.utf8)).wire)
        return answer
    }
}
