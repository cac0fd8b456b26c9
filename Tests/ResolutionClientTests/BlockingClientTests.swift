import EventLoop
import FakeServer
import Glibc
import ResolutionProtocol
import Synchronization
import Testing

@testable import ResolutionClient

struct BlockingClientTests {
    private let short = AskTimeouts(udpWaits: [60, 60, 60], connect: 2_000, answer: 300)

    /// For answers that do come: however busy the machine, they are waited for.
    private let patient = AskTimeouts(udpWaits: [60, 60, 10_000], connect: 10_000, answer: 10_000)

    /// For one question that is answered, and not to be asked again.
    private let unhurried = AskTimeouts(udpWaits: [60_000])

    @Test func asksOverUDP() throws {
        let server = try FakeServer(datagram: { datagram, _ in [answerWire(to: datagram)] })
        defer { server.stop() }
        let (answer, carrier) = try BlockingClient(server: server.address, timeouts: unhurried)
            .askWithCarrier(question(requestID: 0))
        #expect(carrier == .udp)
        #expect(answer.header.responseCode == .success)
        #expect((1...0x7FFF_FFFF).contains(answer.envelope.requestID))
    }

    @Test func aLostAnswerIsAskedForAgainWithTheSameID() throws {
        let server = try FakeServer(datagram: { datagram, number in number < 2 ? [] : [answerWire(to: datagram)] })
        defer { server.stop() }
        _ = try BlockingClient(server: server.address, transport: .udp, timeouts: patient).ask(question(requestID: 0))
        let came = server.received.withLock { $0 }
        #expect(came.count == 3)
        #expect(Set(came).count == 1)
    }

    @Test func wrongAndDuplicateAnswersAreDropped() throws {
        let server = try FakeServer(datagram: { datagram, _ in
            var other = datagram
            other[11] ^= 1
            let right = answerWire(to: datagram)
            return [answerWire(to: other), [1, 2, 3], right, right]
        })
        defer { server.stop() }
        let client = BlockingClient(server: server.address, transport: .udp, timeouts: unhurried)
        #expect(try client.ask(question(requestID: 9)).envelope.requestID == 9)
        #expect(server.received.withLock { $0.count } == 1)
    }

    @Test func aStreamOfUselessDatagramsKeepsNoQuestionOpen() throws {
        let server = try FakeServer(datagram: { _, _ in Array(repeating: [UInt8](repeating: 1, count: 40), count: 2_000)
        })
        defer { server.stop() }
        let error = #expect(throws: AskError.self) {
            try BlockingClient(server: server.address, transport: .udp, timeouts: short).ask(question())
        }
        #expect(error?.failure == .noAnswer(sendings: 3, milliseconds: 180))
        #expect(error?.description.contains("\(server.address)") == true)
    }

    @Test func silenceOverUDPEndsInTCP() throws {
        let server = try FakeServer(
            datagram: { _, _ in [] },
            connection: { connection in
                guard let request = connection.readMessage() else { return }
                connection.write(answerWire(to: request, byteCount: 200_000))
                connection.waitForEnd()
            }
        )
        defer { server.stop() }
        var timeouts = patient
        timeouts.udpWaits = [60, 60, 60]
        let client = BlockingClient(server: server.address, timeouts: timeouts)
        let (answer, carrier) = try client.askWithCarrier(question())
        #expect(carrier == .tcp)
        #expect(answer.wire.count > 200_000)
        // The thread that takes datagrams may come to them after the connection was served.
        for _ in 0..<10_000 where server.received.withLock({ $0.count < 4 }) { usleep(1_000) }
        #expect(server.received.withLock { $0.count } == 4)
    }

    @Test func longAnswersOverUDPAreJoined() throws {
        let server = try FakeServer(datagram: { datagram, _ in
            (try? datagramsWithoutFlag(answerWire(to: datagram, byteCount: 30_000)))?.reversed() ?? []
        })
        defer { server.stop() }
        let answer = try BlockingClient(server: server.address, transport: .udp).ask(question())
        guard case .resolved(let resolved) = answer.body else { return #expect(Bool(false), "no values") }
        #expect(resolved.values.first?.data.count == 30_000)
    }

    @Test func nobodyThereIsSaidAtOnce() throws {
        let server = try FakeServer()
        for transport in AskTransport.allCases {
            let error = #expect(throws: AskError.self) {
                try BlockingClient(server: server.address, transport: transport).ask(question())
            }
            #expect(error?.failure == .refused)
            #expect(error?.failure.isUnreachable == true)
            #expect(error?.udpFailure == (transport == .automatic ? .refused : nil))
            #expect(error?.description.contains("nobody listens") == true)
            #expect(error?.chineseDescription.contains("无人监听") == true)
        }
    }

    @Test func anAnswerThatNeverEndsOverTCPIsLeftInTime() throws {
        let server = try FakeServer(connection: { connection in
            guard let request = connection.readMessage() else { return }
            for byte in answerWire(to: request).dropLast(30) { connection.write([byte]) }
            connection.waitForEnd()
        })
        defer { server.stop() }
        let error = #expect(throws: AskError.self) {
            try BlockingClient(server: server.address, transport: .tcp, timeouts: short).ask(question())
        }
        #expect(error?.failure == .noAnswer(sendings: 1, milliseconds: 300))
    }

    @Test func aConnectionClosedWithoutAnAnswerIsAnError() throws {
        let server = try FakeServer(connection: { _ = $0.readMessage() })
        defer { server.stop() }
        let error = #expect(throws: AskError.self) {
            try BlockingClient(server: server.address, transport: .tcp).ask(question())
        }
        #expect(error?.failure == .connectionEnded)
    }
}
