import Authentication
import Cryptography
import ResolutionProtocol
import Testing

@testable import Resolution

/// Sessions: set-up, codes, counters, encryption, end (security.md §§5-7).
@Suite struct SessionTests {
    private let wish = MessageBody.name("88.118.8/a")
    private static let siteKey = Who.made(.rsa)

    private func setUp(_ node: AdministeredNode, _ exchange: SessionExchange, flags: OpFlags = .requestDefault)
        -> Message?
    {
        let body = SessionSetupRequest(identity: Who.owner.reference, exchange: exchange)
        return Client(node).ask(.sessionSetup, .setUpSession(body), flags: flags)
    }

    @Test func aProvenIdentityNeedsOnlyItsCodeFromThenOn() throws {
        let node = AdministeredNode()
        let client = Client(node)
        try client.openSession(for: .owner)
        #expect(client.ask(.addValue, .values("88.118.8/a", [.text(9, "U", "")]))?.code == .authenticationNeeded)
        try client.logIn(.owner)
        #expect(client.ask(.addValue, .values("88.118.8/a", [.text(9, "U", "")]))?.code == .success)
        #expect(client.ask(.deleteIdentifier, wish)?.code == .success)
    }

    @Test func anotherIdentityThanTheDeclaredOneProvesOneRequest() throws {
        let node = AdministeredNode()
        let client = Client(node)
        for declared in [Who.neighbour, nil] {
            try client.openSession(for: declared)
            let index: UInt32 = declared == nil ? 20 : 21
            let body = MessageBody.values("88.118.8/a", [.text(index, "U", "")])
            #expect(client.perform(.addValue, body, as: .owner)?.code == .success)
            #expect(client.ask(.deleteIdentifier, wish)?.code == .authenticationNeeded)
        }
    }

    @Test func challengesOfASessionCarryItsID() throws {
        let client = Client(AdministeredNode())
        try client.openSession(for: .owner)
        #expect(client.ask(.deleteIdentifier, wish)?.envelope.sessionID == client.session?.id)
    }

    @Test func answersHaveACodeWhereCTAsksForOne() throws {
        let client = Client(AdministeredNode())
        try client.logIn(.owner)
        let session = try #require(client.session)
        for count in 1...3 as ClosedRange<UInt32> {
            let answer = try #require(
                client.ask(.deleteIdentifier, .name("88.118.8/gone"), flags: [.certify, .requestDigest])
            )
            let covered = try CoveredMessage(answer)
            #expect(try session.key.isValid(of: covered))
            #expect(answer.credential?.sessionCounter == count)
        }
        #expect(client.ask(.deleteIdentifier, .name("88.118.8/gone"))?.credential == nil)
    }

    @Test func setUpsAreSignedWithTheNodesKey() throws {
        let node = AdministeredNode(siteKey: Self.siteKey)
        let agreement = try SessionAgreement()
        let answer = try #require(setUp(node, agreement.exchange, flags: [.certify, .requestDigest]))
        let isValid = try MessageSignature.isValid(of: CoveredMessage(answer), key: Self.siteKey.publicKey)
        #expect(isValid)
        #expect(answer.requestDigest != nil)
    }

    @Test func aMissingWrongOrForeignCodeIsRefused() throws {
        let client = Client(AdministeredNode())
        try client.logIn(.owner)
        let session = try #require(client.session)
        var bare = client.request(.deleteIdentifier, wish)
        bare.credential = nil
        #expect(client.send(bare).last?.code == .invalidCredential)
        var wrong = client.request(.deleteIdentifier, wish)
        wrong.credential?.signature[0] ^= 1
        #expect(client.send(wrong).last?.code == .sessionCodeWrong)
        let zero = session.signed(bare, counter: 0)
        #expect(client.send(zero).last?.code == .sessionCodeWrong)
        let other = Client(client.node)
        try other.openSession()
        let foreign = try #require(other.session)
        #expect(client.send(foreign.signed(bare)).last?.code == .sessionCodeWrong)
    }

    @Test func U1CountersAreTakenOnceAndTheLastTwoHundredMayBeLate() throws {
        let client = Client(AdministeredNode())
        try client.logIn(.owner)
        let session = try #require(client.session)
        func code(_ counter: UInt32) -> ResponseCode? {
            client.send(session.signed(client.request(.deleteIdentifier, .name("88.118.8/gone")), counter: counter))
                .last?.code
        }
        #expect(code(1_000) == .identifierNotFound)
        #expect(code(1_000) == .sessionMessageRejected)
        #expect(code(900) == .identifierNotFound)
        #expect(code(900) == .sessionMessageRejected)
        for counter in 1_001...1_200 as ClosedRange<UInt32> { #expect(code(counter) == .identifierNotFound) }
        #expect(code(999) == .sessionMessageRejected)
        #expect(code(.max) == .identifierNotFound)
        #expect(code(.max) == .sessionMessageRejected)
    }

    @Test func encryptedRequestsAreReadAndAnsweredEncrypted() throws {
        let node = AdministeredNode()
        let client = Client(node)
        try client.logIn(.owner)
        let session = try #require(client.session)
        let sealed = session.encrypted(client.request(.deleteIdentifier, .name("88.118.8/gone")))
        let answer = try #require(node.send(sealed, as: client.place.peer).last)
        #expect(answer[2] & 0x40 != 0)
        #expect(client.read(answer)?.code == .identifierNotFound)
        let asked = client.request(.deleteIdentifier, .name("88.118.8/gone"), flags: [.encrypt])
        #expect(node.send(asked.wire, as: client.place.peer).last.map { $0[2] & 0x40 } == 0x40)
        #expect(client.send(session.encrypted(client.request(.deleteIdentifier, wish))).last?.code == .success)
    }

    @Test func P10EncryptedOrCompressedWithoutASession() throws {
        let node = AdministeredNode()
        let client = Client(node)
        for place in [Place.tcp(1), .udp] {
            client.place = place
            for (flags, sessionID, code) in [
                (0x40, 0, ResponseCode.protocolError), (0x80, 0, .protocolError), (0xC0, 0, .protocolError),
                (0x40, 0x7000_0000, .sessionUnknown), (0x80, 0x7000_0000, .protocolError),
                (0x40, 5, .sessionUnknown),
            ] as [(UInt8, UInt32, ResponseCode)] {
                var bytes = client.request(.deleteIdentifier, wish, sessionID: sessionID).wire
                bytes[2] |= flags
                #expect(client.send(bytes).last?.code == code, "\(flags) \(sessionID) \(place)")
            }
        }
        client.place = .tcp(1)
        try client.openSession()
        let session = try #require(client.session)
        var sealed = session.encrypted(client.request(.deleteIdentifier, wish))
        sealed[sealed.count - 1] ^= 1
        #expect([.sessionFailed, .protocolError, .sessionCodeWrong].contains(client.send(sealed).last?.code))
        var clear = client.request(.deleteIdentifier, wish).wire
        clear[2] |= 0x40
        #expect(client.send(clear).last?.code == .sessionFailed)
        #expect(node.changes.sets.isEmpty)
    }

    @Test func theEndOfASession() throws {
        let client = Client(AdministeredNode())
        try client.logIn(.owner)
        var wrong = client.request(.sessionTerminate, .name("/"))
        wrong.credential?.signature[0] ^= 1
        #expect(client.send(wrong).last?.code == .sessionCodeWrong)
        #expect(client.ask(.sessionTerminate, .name("/"))?.code == .success)
        #expect(client.ask(.sessionTerminate, .name("/"))?.code == .sessionUnknown)
    }

    @Test func U10ASessionEndsWhenItHasIdledTooLongWhateverOthersDo() throws {
        let node = AdministeredNode()
        let patient = Client(node, .tcp(2))
        try patient.openSession(for: .owner, timeoutSeconds: 86_400)
        let client = Client(node)
        try client.openSession(for: .owner, timeoutSeconds: 60)
        node.pass(seconds: 59)
        #expect(client.ask(.deleteIdentifier, wish)?.code == .authenticationNeeded)
        node.pass(seconds: 60)
        #expect(client.ask(.deleteIdentifier, wish)?.code == .sessionUnknown)
        #expect(patient.ask(.deleteIdentifier, wish)?.code == .authenticationNeeded)
        node.pass(seconds: 200)
        #expect(node.figures.sessionCount == 1)
    }

    @Test func U10GuessedIDsAreRefused() throws {
        let node = AdministeredNode()
        let client = Client(node)
        try client.logIn(.owner)
        let session = try #require(client.session)
        let thief = Client(node, .tcp(2))
        for id in [session.id &+ 1, session.id &- 1, 0x4000_0000, 0x7FFF_FFFE, .max] {
            #expect(thief.send(thief.request(.deleteIdentifier, wish, sessionID: id)).last?.code == .sessionUnknown)
        }
        let guess = thief.request(.deleteIdentifier, wish, sessionID: session.id)
        #expect(thief.send(guess).last?.code == .invalidCredential)
        let guessed = ClientSession(id: session.id, key: try SessionKey.random(.aes), version: session.version)
        thief.take(guessed)
        #expect(thief.ask(.deleteIdentifier, wish)?.code == .sessionCodeWrong)
        #expect(node.changes.sets.isEmpty)
    }

    @Test func U10FromAnotherAddressASessionIsUnknownEvenWithItsKey() throws {
        let node = AdministeredNode()
        let client = Client(node)
        try client.logIn(.owner)
        let thief = Client(node, .tcpFrom(0x0A00_0001, 5))
        thief.take(client.session)
        #expect(thief.ask(.deleteIdentifier, wish)?.code == .sessionUnknown)
        let sealed = try #require(client.session).encrypted(client.request(.deleteIdentifier, wish))
        #expect(thief.send(sealed).last?.code == .sessionUnknown)
        // Its own address may go on by another connection.
        client.place = .tcp(77)
        #expect(client.ask(.deleteIdentifier, wish)?.code == .success)
    }

    @Test func U10AfterItsKeyWasChangedASessionIsOver() throws {
        let fresh = Who("0.NA/88.118.8", 300, secret: "new secret").value
        let values = [HandleValue.admin(100, Who.owner.reference), fresh, Who.rsa.value]
        let changes: [(OpCode, MessageBody)] = [
            (.modifyValue, .values("0.NA/88.118.8", [fresh])), (.removeValue, .indexes("0.NA/88.118.8", [300])),
            (.createIdentifier, .values("0.NA/88.118.8", values)), (.deleteIdentifier, .name("0.NA/88.118.8")),
        ]
        for (opCode, body) in changes {
            let node = AdministeredNode()
            let client = Client(node, .tcp(1))
            try client.logIn(.owner)
            let other = Client(node, .tcp(2))
            try other.logIn(.neighbour)
            let change = Client(node, .tcp(3)).perform(opCode, body, flags: [.overwrite], as: .owner)
            #expect(change?.code == .success)
            #expect(client.ask(.deleteIdentifier, wish)?.code == .sessionUnknown)
            #expect(other.ask(.deleteIdentifier, wish)?.code == .notAdministrator)
        }
    }

    @Test func U11WhatNeedsTLSIsRefusedOnEveryOtherTransport() throws {
        var registry = AdministeredRegistry()
        registry.settings.requiresSecuredTransport = true
        registry.responderSettings.isAdministeredOverUDP = true
        let value = [HandleValue.text(9, "URL", "x")]
        let requests: [(OpCode, MessageBody)] = [
            (.createIdentifier, .values("88.118.8/new", value)), (.deleteIdentifier, wish),
            (.addValue, .values("88.118.8/a", value)), (.removeValue, .indexes("88.118.8/a", [1])),
            (.modifyValue, .values("88.118.8/a", [.text(4, "DESC", "everyone's")])),
            (.listIdentifiers, .name("88.118.8")), (.listHomedPrefixes, .name("/")), (.homePrefix, .name("0.NA/1.2")),
            (.unhomePrefix, .name("0.NA/88.118.8")), (.backupServer, .name("/")),
            (.login, .login(LoginRequest(user: Who.owner.reference))),
            (
                .apply,
                .bytes(
                    ApplyRequest(
                        batch: [UInt8](repeating: 1, count: 16),
                        firstRow: 0,
                        rows: [ApplyRow(.delete, identifier: Array("88.118.8/a".utf8), values: [])]
                    ).wire
                )
            ),
        ]
        for place in [Place.tcp(1), .udp] {
            let node = AdministeredNode(registry)
            let client = Client(node, place)
            for (opCode, body) in requests { #expect(client.ask(opCode, body)?.code == .protocolError, "\(opCode)") }
            #expect(node.changes.sets.isEmpty)
        }
        let node = AdministeredNode(registry)
        let secured = Client(node, .tls(1))
        for (opCode, body) in requests.dropFirst().prefix(3) {
            #expect(secured.ask(opCode, body)?.code == .authenticationNeeded)
        }
        // The challenge goes by TLS and its answer in the clear: it is refused there as well.
        let challenge = try #require(secured.ask(.deleteIdentifier, wish))
        let plain = Client(node, .tcp(9))
        #expect(plain.send(try #require(plain.answer(to: challenge, as: .owner))).last?.code == .protocolError)
        #expect(secured.perform(.deleteIdentifier, wish, as: .owner)?.code == .success)
    }

    @Test func whereSessionsAreRequiredOthersAreCode404() throws {
        var registry = AdministeredRegistry()
        registry.settings.requiresSessions = true
        let client = Client(AdministeredNode(registry))
        #expect(client.ask(.deleteIdentifier, wish)?.code == .invalidCredential)
        try client.logIn(.owner)
        #expect(client.ask(.deleteIdentifier, wish)?.code == .success)
    }

    @Test func theOtherWaysToExchangeAKey() throws {
        let node = AdministeredNode(siteKey: Self.siteKey)
        let client = Who.made(.rsa)
        let mode1 = try #require(setUp(node, .clientKey(try client.publicKey.registeredForm())))
        guard case .sessionSetUp(let answer) = mode1.body else { return #expect(Bool(false), "\(mode1)") }
        let key = try SessionKey(encrypted: answer.data, for: client)
        let first = Client(node)
        first.take(ClientSession(id: mode1.envelope.sessionID, key: key, version: .newest))
        #expect(first.perform(.addValue, .values("88.118.8/a", [.text(9, "U", "")]), as: .owner)?.code == .success)

        let mode3 = try #require(setUp(node, .registeredKey(Who.rsa.reference)))
        guard case .sessionSetUp(let answer) = mode3.body else { return #expect(Bool(false), "\(mode3)") }
        let third = Client(node)
        let named = try SessionKey(encrypted: answer.data, for: try Who.rsa.pair)
        third.take(ClientSession(id: mode3.envelope.sessionID, key: named, version: .newest))
        #expect(third.perform(.addValue, .values("88.118.8/a", [.text(10, "U", "")]), as: .owner)?.code == .success)
        #expect(setUp(node, .registeredKey(.of("88.118.8/gone", 1)))?.code == .sessionFailed)
        #expect(setUp(node, .unknown(mode: 9, bytes: []))?.code == .sessionFailed)
        #expect(setUp(node, .diffieHellman([1, 2, 3]))?.code == .sessionFailed)
    }

    @Test func modeTwoBeginsWithTheClientsKey() throws {
        let node = AdministeredNode(siteKey: Self.siteKey)
        let answer = try #require(setUp(node, .serverKey))
        guard case .sessionSetUp(let offered) = answer.body else { return #expect(Bool(false), "\(answer)") }
        let serverKey = try PublicKey.registered(offered.data)
        let key = try SessionKey.random(.aes)
        let client = Client(node)
        client.take(ClientSession(id: answer.envelope.sessionID, key: key, version: .newest))
        // Before the key is there nothing else goes.
        #expect(client.ask(.deleteIdentifier, wish)?.code == .sessionUnknown)
        let body = MessageBody.exchangeKey(
            KeyExchangeRequest(encryptedKey: try key.encrypted(for: serverKey, hasCipher: false))
        )
        #expect(client.ask(.sessionExchangeKey, body)?.code == .success)
        #expect(client.perform(.deleteIdentifier, wish, as: .owner)?.code == .success)
        #expect(setUp(AdministeredNode(), .serverKey)?.code == .sessionFailed)
    }

    @Test func sessionsAreBoundedInNumber() throws {
        var registry = AdministeredRegistry()
        registry.settings.sessionCountMax = 2
        let node = AdministeredNode(registry)
        let clients = (0..<3).map { Client(node, .tcp(UInt64($0 + 1))) }
        for client in clients { try client.openSession() }
        #expect(node.figures.sessionCount == 2)
        #expect(node.figures.evictedSessionCount == 1)
        #expect(
            clients.map { $0.ask(.deleteIdentifier, wish)?.code } == [
                .sessionUnknown, .authenticationNeeded, .authenticationNeeded,
            ]
        )
    }

    @Test func aFullKeyThreadIsCode3AndLeavesNothingBehind() throws {
        let node = AdministeredNode()
        let client = Client(node)
        let challenge = try #require(client.ask(.deleteIdentifier, wish))
        node.keyWork.isFull = true
        #expect(client.send(try #require(client.answer(to: challenge, as: .owner))).last?.code == .serverBusy)
        #expect(setUp(node, try SessionAgreement().exchange)?.code == .serverBusy)
        node.keyWork.isFull = false
        #expect(client.perform(.deleteIdentifier, wish, as: .owner)?.code == .success)
        #expect(node.figures.sessionCount == 0)
    }
}
