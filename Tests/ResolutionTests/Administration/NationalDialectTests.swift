import Authentication
import Cryptography
import ResolutionProtocol
import Testing

@testable import Resolution

/// The national SDK over its pooled connections: log-in, session ids of its own, SM4 (security.md §7.5).
@Suite struct NationalDialectTests {
    /// A connection of the SDK, which puts `id` into every envelope.
    private final class Connection {
        let client: Client
        let id: UInt32
        var key: SessionKey?

        init(_ node: AdministeredNode, _ number: UInt64, id: UInt32) {
            client = Client(node, .tcp(number))
            client.version = ProtocolVersion(2, 10)
            self.id = id
        }

        func request(_ opCode: OpCode, _ body: MessageBody, sessionID: UInt32? = nil) -> [UInt8] {
            let message = client.request(opCode, body, flags: [.recursive, .requestDigest], sessionID: sessionID ?? id)
            return sealed(message.wire)
        }

        private func sealed(_ wire: [UInt8]) -> [UInt8] {
            guard let key, var envelope = try? Envelope(wire: Array(wire.prefix(20))),
                let secret = try? key.encrypt(Array(wire.dropFirst(20)), version: envelope.version)
            else { return wire }
            envelope.flags.insert(.encrypted)
            envelope.messageLength = UInt32(secret.count)
            return envelope.wire + secret
        }

        func send(_ bytes: [UInt8]) -> Message? {
            guard let answer = client.node.send(bytes, as: client.place.peer).last else { return nil }
            guard let key, var envelope = try? Envelope(wire: Array(answer.prefix(20))),
                envelope.flags.contains(.encrypted),
                let plain = try? key.decrypt(Array(answer.dropFirst(20)), version: envelope.version)
            else { return try? Message(wire: answer) }
            envelope.flags.remove(.encrypted)
            envelope.messageLength = UInt32(plain.count)
            return try? Message(wire: envelope.wire + plain)
        }

        func ask(_ opCode: OpCode, _ body: MessageBody) -> Message? { send(request(opCode, body)) }

        func logIn(_ who: Who) -> Message? {
            guard let challenge = ask(.login, .login(LoginRequest(user: who.reference))),
                case .challenge(let asked) = challenge.body,
                let proof = try? who.proof(of: asked, version: challenge.envelope.proofVersion)
            else { return nil }
            let body = ChallengeAnswer(authenticationType: who.authenticationType, user: who.reference, answer: proof)
            return send(request(.challengeResponse, .challengeAnswer(body), sessionID: challenge.envelope.sessionID))
        }
    }

    private let value = HandleValue.text(1, "URL", "x")

    private func registry(of who: Who) -> AdministeredRegistry {
        var registry = AdministeredRegistry()
        let keys = Who.keys.map(\.value)
        registry.set("0.NA/88.118.8", [.admin(100, who.reference)] + keys)
        return registry
    }

    @Test func logInBindsTheConnectionAndNotItsCollidingIDs() {
        for who in [Who.sm2, .rsa, .owner] {
            let node = AdministeredNode(registry(of: who))
            let mine = Connection(node, 1, id: 1)
            let other = Connection(node, 2, id: 1)
            let third = Connection(node, 3, id: 2)
            let logIn = mine.logIn(who)
            #expect(logIn?.code == .success)
            #expect(logIn?.header.opCode == .login)
            #expect(mine.ask(.createIdentifier, .values("88.118.8/n1", [value]))?.code == .success)
            for connection in [other, third] {
                #expect(
                    connection.ask(.createIdentifier, .values("88.118.8/n2", [value]))?.code == .authenticationNeeded
                )
            }
            #expect(other.logIn(who)?.code == .success)
            #expect(other.ask(.createIdentifier, .values("88.118.8/n2", [value]))?.code == .success)
            node.close(1)
            #expect(mine.ask(.createIdentifier, .values("88.118.8/n3", [value]))?.code == .authenticationNeeded)
            #expect(other.ask(.createIdentifier, .values("88.118.8/n3", [value]))?.code == .success)
        }
    }

    @Test func everyLogInIsChallengedASuccessWouldBeAFailureToTheClient() {
        let node = AdministeredNode(registry(of: .sm2))
        let connection = Connection(node, 1, id: 1)
        #expect(connection.logIn(.sm2)?.code == .success)
        #expect(connection.ask(.login, .login(LoginRequest(user: Who.sm2.reference)))?.code == .authenticationNeeded)
        #expect(connection.logIn(.sm2)?.code == .success)
    }

    @Test func logInUnderTheAnswersOwnNumberOrTheSameOne() throws {
        let node = AdministeredNode(registry(of: .owner))
        let connection = Connection(node, 1, id: 1)
        let request = connection.client.request(
            .login,
            .login(LoginRequest(user: Who.owner.reference)),
            requestID: 5,
            sessionID: 1
        )
        let challenge = try #require(connection.send(request.wire))
        guard case .challenge(let asked) = challenge.body else { return #expect(Bool(false), "\(challenge)") }
        let proof = try Who.owner.proof(of: asked, version: .newest)
        let body = ChallengeAnswer(authenticationType: ValueType.secretKey, user: Who.owner.reference, answer: proof)
        let answer = connection.client.request(
            .challengeResponse,
            .challengeAnswer(body),
            requestID: 5,
            sessionID: challenge.envelope.sessionID
        )
        #expect(connection.send(answer.wire)?.code == .success)
    }

    @Test func logInWithoutTheCredentialsLength() {
        let connection = Connection(AdministeredNode(), 1, id: 1)
        var bytes = connection.request(.login, .login(LoginRequest(user: Who.owner.reference)))
        bytes.removeLast(4)
        bytes[19] -= 4
        #expect(connection.send(bytes)?.code == .authenticationNeeded)
    }

    @Test func aProofOfAnotherIdentityLogsNobodyIn() throws {
        let node = AdministeredNode()
        let connection = Connection(node, 1, id: 1)
        let challenge = try #require(connection.ask(.login, .login(LoginRequest(user: Who.owner.reference))))
        guard case .challenge(let asked) = challenge.body else { return #expect(Bool(false), "\(challenge)") }
        let who = Who.neighbour
        let proof = try who.proof(of: asked, version: .newest)
        let body = ChallengeAnswer(authenticationType: who.authenticationType, user: who.reference, answer: proof)
        let answer = connection.send(
            connection.request(.challengeResponse, .challengeAnswer(body), sessionID: challenge.envelope.sessionID)
        )
        #expect(answer?.code == .authenticationFailed)
        #expect(connection.ask(.createIdentifier, .values("88.118.9/n", [value]))?.code == .authenticationNeeded)
    }

    @Test func aLogInIsNotFinishedByAnotherConnection() throws {
        let node = AdministeredNode()
        let first = Connection(node, 1, id: 1)
        let challenge = try #require(first.ask(.login, .login(LoginRequest(user: Who.owner.reference))))
        guard case .challenge(let asked) = challenge.body else { return #expect(Bool(false), "\(challenge)") }
        let proof = try Who.owner.proof(of: asked, version: .newest)
        let body = ChallengeAnswer(authenticationType: ValueType.secretKey, user: Who.owner.reference, answer: proof)
        let second = Connection(node, 2, id: 1)
        let answer = second.send(
            second.request(.challengeResponse, .challengeAnswer(body), sessionID: challenge.envelope.sessionID)
        )
        #expect(answer?.code == .authenticationFailed)
        #expect(second.ask(.deleteIdentifier, .name("88.118.8/a"))?.code == .authenticationNeeded)
    }

    @Test func nothingIsKeptOfAConnectionThatClosedMeanwhile() throws {
        let node = AdministeredNode()
        let connection = Connection(node, 1, id: 1)
        let exchange = SessionExchange.registeredKey(Who.sm2.reference)
        node.keyWork.isHeld = true
        _ = connection.ask(.sessionSetup, .setUpSession(SessionSetupRequest(exchange: exchange)))
        node.close(1)
        node.keyWork.release()
        node.settle()
        #expect(node.administration.connections.isEmpty)
    }

    @Test func logInIsForConnections() {
        var registry = AdministeredRegistry()
        registry.responderSettings.isAdministeredOverUDP = true
        let client = Client(AdministeredNode(registry), .udp)
        #expect(client.ask(.login, .login(LoginRequest(user: Who.owner.reference)))?.code == .protocolError)
    }

    @Test func theHeartbeatAndPublicQuestionsAreAnsweredUnderTheClientsID() {
        let connection = Connection(AdministeredNode(), 1, id: 3)
        let heartbeat = connection.ask(.resolution, .resolve("0"))
        #expect(heartbeat?.code == .notResponsible)
        #expect(heartbeat?.envelope.sessionID == 3)
        #expect(connection.ask(.resolution, .resolve("88.118.8/a", indexes: [1]))?.code == .success)
        #expect(connection.ask(.getSiteInfo, .name("/"))?.code == .success)
        #expect(connection.logIn(.owner)?.code == .success)
        #expect(connection.ask(.resolution, .resolve("0"))?.code == .notResponsible)
    }

    @Test func whoLoggedInReadsWhatNotEveryoneMay() {
        let connection = Connection(AdministeredNode(), 1, id: 1)
        let body = MessageBody.resolve("88.118.8/a", indexes: [2])
        #expect(connection.ask(.resolution, body)?.code == .authenticationNeeded)
        #expect(connection.logIn(.owner)?.code == .success)
        #expect(connection.ask(.resolution, body)?.resolvedValues?.map(\.index) == [2])
    }

    @Test func anSM4SessionUnderTheUsersOwnSM2Key() throws {
        let node = AdministeredNode(registry(of: .sm2))
        let connection = Connection(node, 1, id: 1)
        let request = SessionSetupRequest(exchange: .registeredKey(Who.sm2.reference))
        let answer = try #require(connection.ask(.sessionSetup, .setUpSession(request)))
        guard case .sessionSetUp(let setUp) = answer.body else { return #expect(Bool(false), "\(answer)") }
        let key = try SessionKey(encrypted: setUp.data, for: try Who.sm2.pair)
        #expect(key.cipher == .sm4)
        connection.key = key
        #expect(connection.ask(.getSiteInfo, .name("/"))?.code == .success)
        #expect(connection.logIn(.sm2)?.code == .success)
        let sealed = connection.request(.createIdentifier, .values("88.118.8/n", [value]))
        #expect(sealed.firstRange(of: Array("88.118.8/n".utf8)) == nil)
        #expect(connection.send(sealed)?.code == .success)
        // The end of the session is said in its own key, and the connection is nobody's afterwards.
        #expect(connection.ask(.sessionTerminate, .name("/"))?.code == .success)
        connection.key = nil
        #expect(connection.ask(.createIdentifier, .values("88.118.8/m", [value]))?.code == .authenticationNeeded)
    }

    @Test func quotasHaveTheDialectsCodes() {
        var registry = registry(of: .owner)
        registry.prefixes[0].identifierCountMax = 1
        let full = Connection(AdministeredNode(registry), 1, id: 1)
        #expect(full.logIn(.owner)?.code == .success)
        #expect(full.ask(.createIdentifier, .values("88.118.8/n", [value]))?.code == .registrationLimitReached)
        registry.prefixes[0].identifierCountMax = 0
        registry.prefixes[0].writesPerSecondMax = 1
        let slow = Connection(AdministeredNode(registry), 1, id: 1)
        #expect(slow.logIn(.owner)?.code == .success)
        let codes = (0..<2).map { slow.ask(.createIdentifier, .values("88.118.8/n\($0)", [value]))?.code }
        #expect(codes == [.success, .requestLimitReached])
    }

    @Test func U10AfterItsKeyWasChangedTheConnectionIsNobodys() {
        let node = AdministeredNode()
        let connection = Connection(node, 1, id: 1)
        #expect(connection.logIn(.owner)?.code == .success)
        let fresh = Who("0.NA/88.118.8", 300, secret: "new").value
        #expect(
            Client(node, .tcp(9)).perform(.modifyValue, .values("0.NA/88.118.8", [fresh]), as: .owner)?.code == .success
        )
        #expect(connection.ask(.deleteIdentifier, .name("88.118.8/a"))?.code == .authenticationNeeded)
    }

    @Test func aSmallUnknownSessionIDIsTheDialectsOnlyInItsVersions() {
        let client = Client(AdministeredNode())
        #expect(
            client.send(client.request(.deleteIdentifier, .name("88.118.8/a"), sessionID: 5)).last?.code
                == .sessionUnknown
        )
        #expect(
            client.send(client.request(.resolution, .resolve("88.118.8/a"), sessionID: 5)).last?.code == .sessionUnknown
        )
    }
}
