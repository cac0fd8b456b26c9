import FakeServer
import ResolutionProtocol
import Testing

@testable import ResolutionClient

/// What asking took, step by step.
struct AskTraceTests {
    private let short = AskTimeouts(udpWaits: [60, 60, 60], connect: 2_000, answer: 300)

    @Test func everySendingIsAStepOfItsOwn() throws {
        let server = try FakeServer(datagram: { datagram, number in
            number < 2 ? [] : [[1, 2, 3], answerWire(to: datagram)]
        })
        defer { server.stop() }
        var trace: AskTrace? = AskTrace(now: 0)
        let timeouts = AskTimeouts(udpWaits: [60, 60, 10_000])
        let client = BlockingClient(server: server.address, transport: .udp, timeouts: timeouts)
        _ = try client.ask(question(), tracing: &trace)
        let done = try #require(trace)
        #expect(done.sendingCount == 3)
        #expect(done.steps.map(\.outcome) == [.timedOut, .timedOut, .arrived])
        #expect(done.steps.map(\.action) == Array(repeating: .send(datagramCount: 1), count: 3))
        #expect(done.steps[0].nanoseconds >= 60_000_000)
        #expect(done.steps[2].arrivalCount == 2)
        #expect(done.steps[1].startNanoseconds >= done.steps[0].startNanoseconds + done.steps[0].nanoseconds)
        #expect(done.checkingNanoseconds > 0)
        #expect(done.nanoseconds >= done.steps[2].startNanoseconds + done.steps[2].nanoseconds)
    }

    @Test func aChangeToTCPShowsWhatUDPWaited() throws {
        let server = try FakeServer(
            datagram: { _, _ in [] },
            connection: { connection in
                guard let request = connection.readMessage() else { return }
                connection.write(answerWire(to: request))
                connection.waitForEnd()
            }
        )
        defer { server.stop() }
        var trace: AskTrace? = AskTrace(now: 0)
        _ = try BlockingClient(server: server.address, timeouts: short).ask(question(), tracing: &trace)
        let done = try #require(trace)
        #expect(done.steps.map(\.outcome) == [.timedOut, .timedOut, .timedOut, .connected, .arrived])
        #expect(done.steps[3].action == .connect)
        #expect(done.steps[4].action == .write(byteCount: question().wire.count))
    }

    @Test func failuresAreTracedToo() throws {
        let server = try FakeServer()
        defer { server.stop() }
        var trace: AskTrace? = AskTrace(now: 0)
        #expect(throws: AskError.self) {
            try BlockingClient(server: server.address, timeouts: short).ask(question(), tracing: &trace)
        }
        #expect(trace?.steps.map(\.outcome) == [.failed(.refused), .failed(.refused)])
        #expect(trace?.checkingNanoseconds == 0)
    }

    @Test func withoutATraceNothingIsNoted() throws {
        let server = try FakeServer(datagram: { datagram, _ in [answerWire(to: datagram)] })
        defer { server.stop() }
        var trace: AskTrace?
        _ = try BlockingClient(server: server.address).ask(question(), tracing: &trace)
        #expect(trace == nil)
    }
}
