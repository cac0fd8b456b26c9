import Cryptography
import EventLoop
import FakeServer
import Glibc
import ResolutionProtocol
import SampleCertificates
import Synchronization
import Testing

@testable import ResolutionClient

/// A client's connection by TLS.
struct SecureLinkTests {
    /// However busy the machine: what does come is waited for.
    private let patient = AskTimeouts(connect: 30_000, handshake: 30_000, answer: 30_000)
    private let short = AskTimeouts(connect: 30_000, handshake: 300, answer: 30_000)
    private static let now = SystemClock.coarseRealtimeSeconds()

    /// What a test's client and server go by, without a fault.
    private struct Peers {
        let client: TLSContext
        let server: TLSContext

        init() throws {
            let bench = try SampleFault.revoked.bench()
            client = try bench.clientContext(unixSeconds: SecureLinkTests.now)
            server = try bench.good.serverContext()
        }
    }

    /// The server's side of TLS; nil where it does not come about.
    private static func secure(
        _ connection: FakeConnection,
        _ context: TLSContext,
        _ pieceByteCount: Int = 65_536
    ) -> FakeSecureConnection? {
        guard var secure = try? FakeSecureConnection(connection, context, pieceByteCount: pieceByteCount),
            secure.shakeHands()
        else { return nil }
        return secure
    }

    private static func isSecured(_ connection: FakeConnection, _ context: TLSContext) -> Bool {
        guard var secure = try? FakeSecureConnection(connection, context) else { return false }
        return secure.shakeHands()
    }

    private func failure(
        of server: FakeServer,
        _ security: TLSContext,
        _ timeouts: AskTimeouts? = nil
    ) throws -> AskFailure {
        let client = BlockingClient(server: server.address, timeouts: timeouts ?? patient, security: security)
        let error = try #require(throws: AskError.self) { try client.ask(question()) }
        #expect(error.carrier == .tls && error.udpFailure == nil)
        return error.failure
    }

    @Test(arguments: [1, 13, 4_096])
    func recordsInPiecesAreOneAnswer(pieceByteCount: Int) throws {
        let peers = try Peers()
        let hasEnded = Mutex(false)
        let server = try FakeServer(connection: { connection in
            guard
                var secure = Self.secure(connection, peers.server, pieceByteCount),
                let request = secure.readMessage()
            else { return }
            secure.write(answerWire(to: request, byteCount: 40_000))
            let isAgreed = secure.endsAsAgreed()
            hasEnded.withLock { $0 = isAgreed }
        })
        let client = BlockingClient(server: server.address, timeouts: patient, security: peers.client)
        let (answer, carrier) = try client.askWithCarrier(question())
        #expect(carrier == .tls)
        #expect(answer.wire.count > 40_000)
        server.stop()
        #expect(hasEnded.withLock { $0 }, "the client says that it sends no more")
    }

    /// More than a session holds at once, in both directions.
    @Test func aLongRequestAndALongAnswerArriveWhole() throws {
        let peers = try Peers()
        let bytes = (0..<250_000).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) }
        let server = try FakeServer(connection: { connection in
            guard var secure = Self.secure(connection, peers.server), let request = secure.readMessage(),
                let message = try? Message(wire: request), let answer = try? Self.echo(message)
            else { return }
            secure.write(answer)
            connection.waitForEnd()
        })
        defer { server.stop() }
        let client = BlockingClient(server: server.address, timeouts: patient, security: peers.client)
        let answer = try client.ask(.request(.report, body: .bytes(bytes)))
        #expect(answer.body == .bytes(bytes))
    }

    /// `request` as its own answer.
    private static func echo(_ request: Message) throws -> [UInt8] {
        var answer = request
        answer.header.responseCode = .success
        return answer.wire
    }

    @Test func manyQuestionsOfOneConnectionAreAnsweredByTLS() throws {
        let peers = try Peers()
        let server = try FakeServer(connection: { connection in
            guard var secure = Self.secure(connection, peers.server, 1_000) else { return }
            while let request = secure.readMessage() { secure.write(answerWire(to: request, byteCount: 3_000)) }
        })
        defer { server.stop() }
        let client = BlockingClient(server: server.address, timeouts: patient, security: peers.client)
        var (asked, right) = (0, 0)
        let count = try client.askAll(
            inFlight: 16,
            next: {
                asked += 1
                return asked > 200 ? nil : question("88.118.8/pump-\(asked)", requestID: 0)
            },
            each: { request, outcome in
                if case .success(let answer) = outcome, answer.envelope.requestID == request.envelope.requestID {
                    right += 1
                }
                return true
            }
        )
        #expect(count == 200 && right == 200)
    }

    @Test(arguments: SampleFault.allCases)
    func U8APeerWhoseCertificateDoesNotHoldIsToldNothing(fault: SampleFault) throws {
        let bench = try fault.bench()
        let peer = try bench.bad.serverContext()
        let isAgreed = Mutex(false)
        let server = try FakeServer(connection: { connection in
            if Self.isSecured(connection, peer) { isAgreed.withLock { $0 = true } }
        })
        let failure = try failure(of: server, bench.clientContext(unixSeconds: Self.now))
        server.stop()
        guard case .notSecured(.certificateRefused(_, _, let found)) = failure else {
            Issue.record("\(failure)")
            return
        }
        #expect(!isAgreed.withLock { $0 } && server.received.withLock { $0.isEmpty })
        let english = "\(failure)"
        let chinese = failure.chineseDescription
        switch (fault, found) {
        case (.expired, .expired(let since, _)), (.notYetValid, .notYetValid(let since, _)):
            #expect(english.contains(UTCTime.text(since)) && chinese.contains(UTCTime.text(since)))
        case (.wrongName, .wrongName("127.0.0.1")):
            #expect(english.contains("it is not for \"127.0.0.1\"") && chinese.contains("127.0.0.1"))
        case (.unknownIssuer, .unknownIssuer(let issuer)):
            #expect(issuer.contains("another.test") && english.contains(issuer) && chinese.contains(issuer))
        case (.revoked, .revoked):
            #expect(english.contains("revoked") && chinese.contains("吊销"))
        default: Issue.record("\(fault) is \(found)")
        }
        #expect(!failure.isUnreachable, "another attempt at once would end alike")
    }

    /// A clock that is wrong by so many seconds makes good certificates bad: the text thinks of it, and says its time.
    @Test(arguments: [-86_400, -600, 600, 86_400])
    func U9ErrorsOfCertificatesSpeakOfTheClock(seconds: Int) throws {
        let fault = seconds > 0 ? SampleFault.expired : .notYetValid
        let bench = try fault.bench(seconds: abs(seconds))
        let peer = try bench.bad.serverContext()
        let server = try FakeServer(connection: { _ = Self.isSecured($0, peer) })
        defer { server.stop() }
        let before = SystemClock.coarseRealtimeSeconds()
        let failure = try failure(of: server, bench.clientContext(unixSeconds: before))
        let after = SystemClock.coarseRealtimeSeconds()
        let isTold = (before...after).contains { now in
            "\(failure)".contains("or this machine's clock is wrong: it says \(UTCTime.text(now))")
                && failure.chineseDescription.contains("或本机时钟有误：本机时间为 \(UTCTime.text(now))")
        }
        #expect(isTold, "\(failure)")
    }

    @Test func aSilentPeerIsWaitedForNoLongerThanAHandshakeMayTake() throws {
        let server = try FakeServer(connection: { $0.waitForEnd() })
        defer { server.stop() }
        let client = try Peers().client
        #expect(try failure(of: server, client, short) == .handshakeTimedOut(milliseconds: 300))
    }

    @Test func aPeerThatDribblesKeepsNoHandshakeOpen() throws {
        let isOver = Mutex(false)
        let server = try FakeServer(connection: { connection in
            // A record of 16 KiB, never whole.
            connection.write([22, 3, 3, 0x3F, 0xFF])
            while !isOver.withLock({ $0 }) {
                connection.write([1])
                usleep(10_000)
            }
        })
        let client = try Peers().client
        #expect(try failure(of: server, client, short) == .handshakeTimedOut(milliseconds: 300))
        isOver.withLock { $0 = true }
        server.stop()
    }

    @Test func aPeerThatSpeaksPlainIsToldNothing() throws {
        let seen = Mutex<[UInt8]>([])
        let server = try FakeServer(connection: { connection in
            let first = connection.readSome() ?? []
            seen.withLock { $0 = first }
            connection.write(answerWire(to: question().wire))
            connection.waitForEnd()
        })
        let client = try Peers().client
        guard case .notSecured(.violation) = try failure(of: server, client) else {
            Issue.record("plain bytes were taken for TLS")
            return
        }
        server.stop()
        // A hello, which names nothing that is asked for.
        let hello = seen.withLock { $0 }
        #expect(hello.starts(with: [22, 3]))
        #expect(hello.firstRange(of: Array("pump-7".utf8)) == nil)
    }

    @Test func aPeerThatLeavesBeforeTheAnswerIsOneThatLeft() throws {
        let peers = try Peers()
        let server = try FakeServer(connection: { connection in
            guard var secure = Self.secure(connection, peers.server) else { return }
            _ = secure.readMessage()
        })
        defer { server.stop() }
        #expect(try failure(of: server, peers.client) == .connectionEnded)
        let early = try FakeServer(connection: { _ = $0.readSome() })
        defer { early.stop() }
        #expect(try failure(of: early, peers.client) == .notSecured(.cut))
    }
}
