import Authentication
import Cryptography
import EventLoop
import Glibc
import Resolution
import ResolutionClient
import ResolutionProtocol
import SampleCertificates
import Testing
import TransportSuite

/// Administration by the way that it comes (cases P14, U10, U11).
@Suite struct AdministrationTransportTests {
    private static let name = Array("88.118.8/transported".utf8)

    /// Values that let their owner change them.
    private static func values(_ administrator: TestAdministrator) -> [HandleValue] {
        let owner = administrator.adminValue(in: IdentifierGrammar.prefixRecordName(of: AdministeredNode.prefix))
        return SampleRecords.values(1) + [owner]
    }

    private static func key(_ administrator: TestAdministrator) -> AdministratorKey {
        administrator.key(in: IdentifierGrammar.prefixRecordName(of: AdministeredNode.prefix))
    }

    /// One request of every operation that administers.
    private static func requests() -> [Message] {
        let values = MessageBody.values(ValuesRequest(identifier: name, values: SampleRecords.values(1)))
        let batch = [UInt8](repeating: 7, count: ApplyRequest.batchByteCount)
        let row = ApplyRow(.create, identifier: name, values: SampleRecords.values(1))
        let apply = ApplyRequest(batch: batch, firstRow: 0, rows: [row])
        let bodies: [(OpCode, MessageBody)] = [
            (.createIdentifier, values), (.addValue, values), (.modifyValue, values),
            (.removeValue, .indexes(IndexesRequest(identifier: name, indexes: [1]))),
            (.deleteIdentifier, .name(NameRequest(name: name))),
            (.listIdentifiers, .name(NameRequest(name: AdministeredNode.prefix))),
            (.listHomedPrefixes, .name(.unnamed)), (.homePrefix, .name(NameRequest(name: Array("0.NA/88.7".utf8)))),
            (.unhomePrefix, .name(NameRequest(name: Array("0.NA/88.118.8".utf8)))), (.backupServer, .name(.unnamed)),
            (.apply, .bytes(apply.wire)),
        ]
        return bodies.map { .request($0.0, body: $0.1, flags: [.recursive], requestID: RequestID.random()) }
    }

    @Test(arguments: NodeAsker.Carrier.allCases)
    func U11AdministrationConfinedToTLSIsRefusedOnEveryOtherTransport(carrier: NodeAsker.Carrier) throws {
        let administrator = try TestAdministrator(.ed25519)
        let certificate = try SampleCertificate(key: SampleKey(.p256))
        let node = try Self.confinedNode(administrator, certificate)
        let asker = try NodeAsker(node.node.address, carrier)
        for request in Self.requests() {
            let answer = try asker.ask(request)
            #expect(answer.header.responseCode == .protocolError, "\(request.header.opCode): \(answer.body)")
        }
        if carrier == .tcp {
            let national = try NationalClient(node.node.address, sessionID: 1)
            let login = national.request(.login, .login(LoginRequest(user: Self.key(administrator).reference)))
            #expect(try national.ask(login).header.responseCode == .protocolError)
            // In a session, too.
            let client = node.client(administrator)
            let refusal = #expect(throws: AdministrationError.self) { _ = try client.create(Self.name, []) }
            guard case .refused(.protocolError, _) = refusal else {
                throw NodeFailure("\(String(describing: refusal))")
            }
        }
        try asker.askHonestly()
        #expect(try node.asOperator.resolve(Self.name).header.responseCode == .identifierNotFound)
        #expect(node.node.stop() == .code(0))
    }

    @Test func U11AdministrationConfinedToTLSIsTakenOverTLS() throws {
        let administrator = try TestAdministrator(.ed25519)
        let certificate = try SampleCertificate(key: SampleKey(.p256))
        let node = try Self.confinedNode(administrator, certificate)
        let context = try TLSContext(client: .certificate(certificate.file()), unixSeconds: Int64(time(nil)))
        let secure = try SecureClientSocket(node.node.addresses[1], context: context)
        // What was challenged over TLS is not proven elsewhere.
        let request = Message.creation(of: Self.name, Self.values(administrator))
        let proof = try Self.proof(of: Self.key(administrator), for: Self.ask(request, on: secure))
        let plain = try ClientSocket(node.node.address, isTCP: true)
        #expect(try Self.ask(proof, on: plain).header.responseCode == .protocolError)
        #expect(try node.asOperator.resolve(Self.name).header.responseCode == .identifierNotFound)
        let second = try Self.proof(of: Self.key(administrator), for: Self.ask(request, on: secure))
        #expect(try Self.ask(second, on: secure).header.responseCode == .success)
        // And in a session.
        var dialogue = AdministrationDialogue(key: Self.key(administrator))
        let deletion = Message.request(.deleteIdentifier, body: .name(NameRequest(name: Self.name)))
        #expect(try Self.run(&dialogue, deletion, on: secure) == .success)
        #expect(try node.asOperator.resolve(Self.name).header.responseCode == .identifierNotFound)
        #expect(node.node.stop() == .code(0))
    }

    @Test func U11AClientAdministersByTLSAlone() throws {
        let administrator = try TestAdministrator(.ed25519)
        let (certificate, stranger) = (
            try SampleCertificate(key: SampleKey(.p256)), try SampleCertificate(key: SampleKey(.p256))
        )
        let node = try Self.confinedNode(administrator, certificate)
        func client(_ trusted: SampleCertificate) throws -> AdministrationClient {
            AdministrationClient(
                server: node.node.addresses[1],
                key: Self.key(administrator),
                security: try TLSContext(client: .certificate(trusted.file()), unixSeconds: Int64(time(nil)))
            )
        }
        let refusal = try #require(throws: AdministrationError.self) {
            _ = try client(stranger).create(Self.name, Self.values(administrator))
        }
        guard case .asking(let error) = refusal, error.carrier == .tls,
            case .notSecured(.certificateRefused) = error.failure
        else { throw NodeFailure("\(refusal)") }
        let trusting = try client(certificate)
        _ = try trusting.create(Self.name, Self.values(administrator))
        #expect(try node.asOperator.resolve(Self.name).header.responseCode == .success)
        trusting.end()
        #expect(node.node.stop() == .code(0))
    }

    private static func confinedNode(
        _ administrator: TestAdministrator,
        _ certificate: SampleCertificate
    ) throws -> AdministeredNode {
        let settings = [("transport", "\"tls\""), ("administration", "true")]
        let node = try AdministeredNode(NodeProcess(TLSDirectory(certificate, settings: settings).directory))
        let name = IdentifierGrammar.prefixRecordName(of: AdministeredNode.prefix)
        _ = try node.asOperator.create(name, try administrator.registered(in: name), overwrites: true)
        return node
    }

    @Test func U10ASessionUsedFromAnotherAddressIsRefused() throws {
        let administrator = try TestAdministrator(.ed25519)
        let node = try AdministeredNode(administrator, settings: [("workers", "2")])
        var dialogue = AdministrationDialogue(key: Self.key(administrator))
        let socket = try ClientSocket(node.node.address, isTCP: true)
        let creation = Message.creation(of: Self.name, Self.values(administrator))
        #expect(try Self.run(&dialogue, creation, on: socket) == .success)
        // The session's own next message, with the right code and counter.
        _ = dialogue.ask(.request(.deleteIdentifier, body: .name(NameRequest(name: Self.name))))
        let message = try dialogue.takeOutput()
        let elsewhere = SocketAddress(ipv4: 0x7F00_0002, port: 0)
        let stranger = try ClientSocket(node.node.address, isTCP: true, from: elsewhere)
        let refusal = try Message(wire: try #require(stranger.ask(message)))
        #expect(refusal.header.responseCode == .sessionUnknown)
        #expect(try node.asOperator.resolve(Self.name).header.responseCode == .success)
        // It is the address that it was refused for: its owner sends it over another connection, and it is done.
        let another = try ClientSocket(node.node.address, isTCP: true)
        let answer = try #require(another.ask(message))
        _ = try dialogue.take(answer, nowSeconds: UInt32(truncatingIfNeeded: SystemClock.coarseRealtimeSeconds()))
        #expect(try node.asOperator.resolve(Self.name).header.responseCode == .identifierNotFound)
        #expect(node.node.stop() == .code(0))
    }

    @Test func P14ACreationDeliveredThreeTimesIsDoneOnceAndEachCopyGetsTheSameAnswer() throws {
        let administrator = try TestAdministrator(.ed25519)
        let node = try AdministeredNode(administrator, settings: [("workers", "2"), ("administration", "true")])
        let asker = try NodeAsker(node.node.address, .udp)
        var request = Message.creation(
            of: AdministeredNode.prefix + Array("/".utf8),
            SampleRecords.values(1),
            mints: true
        )
        request.envelope.requestID = asker.freshID()
        let challenges = try Self.deliverThrice(request, asker)
        #expect(Set(challenges).count == 1)
        let challenge = try Message(wire: try #require(challenges.first))
        let answers = try Self.deliverThrice(Self.proof(of: Self.key(administrator), for: challenge), asker)
        #expect(Set(answers).count == 1)
        let answer = try Message(wire: try #require(answers.first))
        guard case .created(let name?) = answer.body else { throw NodeFailure("\(answer)") }
        var listed: [[UInt8]] = []
        try node.asOperator.list(AdministeredNode.prefix) { names in
            listed += names
            return true
        }
        #expect(listed == [name.bytes])
        // By default it is not even challenged.
        let strict = try AdministeredNode(administrator, settings: [("workers", "2")])
        let refusal = try NodeAsker(strict.node.address, .udp).ask(request)
        #expect(refusal.header.responseCode == .protocolError)
    }

    /// The same message as three datagrams, and what is answered to them.
    private static func deliverThrice(_ message: Message, _ asker: NodeAsker) throws -> [[UInt8]] {
        for _ in 0..<3 { try asker.send(message.wire) }
        return try (0..<3).map { _ in try #require(asker.receive()) }
    }

    private static func ask(_ message: Message, on socket: TransportSuite.ClientSocket) throws -> Message {
        try Message(wire: try #require(socket.ask(message.wire)))
    }

    private static func proof(of key: AdministratorKey, for asked: Message) throws -> Message {
        guard case .challenge(let challenge) = asked.body else { throw NodeFailure("no challenge: \(asked)") }
        let answer = try key.answer(challenge, version: asked.envelope.proofVersion)
        var proof = Message.request(
            .challengeResponse,
            body: .challengeAnswer(answer),
            flags: [],
            requestID: RequestID.random()
        )
        proof.envelope.sessionID = asked.envelope.sessionID
        return proof
    }

    /// Carries `request` out in the session of `dialogue`, which is opened where there is none; returns the code.
    private static func run(
        _ dialogue: inout AdministrationDialogue,
        _ request: Message,
        on socket: TransportSuite.ClientSocket
    ) throws -> ResponseCode {
        _ = dialogue.ask(request)
        while true {
            guard case let output = try dialogue.takeOutput(), output.isEmpty || socket.send(output) else {
                throw NodeFailure("the node takes no more bytes")
            }
            let message = try #require(socket.receiveMessage())
            let now = UInt32(truncatingIfNeeded: SystemClock.coarseRealtimeSeconds())
            switch try dialogue.take(message, nowSeconds: now).first {
            case .answer(_, let answer, _)?: return answer.header.responseCode
            case .failed(_, let failure)?: throw failure
            case nil: continue
            }
        }
    }
}
