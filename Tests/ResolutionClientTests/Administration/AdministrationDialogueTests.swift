import Authentication
import Cryptography
import ResolutionProtocol
import Testing

@testable import ResolutionClient

@Suite struct AdministrationDialogueTests {
    private static let reference = ValueReference(identifier: Array("0.NA/88.118.8".utf8), index: 301)
    private static let secret = Array("s3cret".utf8)
    private static let name = Array("88.118.8/a".utf8)

    private static func dialogue(
        _ server: DialogueServer,
        usesSession: Bool,
        _ change: (inout DialogueSettings) -> Void = { _ in }
    ) -> AdministrationDialogue {
        var settings = DialogueSettings()
        settings.usesSession = usesSession
        settings.trust = .known(server.siteKey.publicKey)
        change(&settings)
        return AdministrationDialogue(key: AdministratorKey(reference, .secret(secret)), settings: settings)
    }

    private static func creation(isPublic: Bool = true) -> Message {
        let permissions: ValuePermissions = isPublic ? .standard : [.adminRead, .adminWrite]
        let value = HandleValue(index: 1, permissions: permissions, type: Array("URL".utf8), data: [0x78])
        return .creation(of: name, [value])
    }

    private static func one(_ server: DialogueServer, _ dialogue: inout AdministrationDialogue) throws
        -> DialogueServer.Received
    {
        let sent = try server.read(try dialogue.takeOutput())
        #expect(sent.count == 1)
        return try #require(sent.first)
    }

    private static func take(_ wire: [UInt8], _ dialogue: inout AdministrationDialogue) throws
        -> [AdministrationDialogue.Event]
    {
        try dialogue.take(wire, nowSeconds: DialogueServer.now)
    }

    private static func code(_ events: [AdministrationDialogue.Event], of id: UInt32) -> ResponseCode? {
        guard events.count == 1, case .answer(id, let answer, true)? = events.first else { return nil }
        return answer.header.responseCode
    }

    private static func failure(_ events: [AdministrationDialogue.Event], of id: UInt32) -> AskFailure? {
        guard events.count == 1, case .failed(id, let failure)? = events.first else { return nil }
        return failure
    }

    @Test func aChallengeIsAnsweredAndTheAnswerIsTheRequests() throws {
        var server = try DialogueServer()
        var dialogue = Self.dialogue(server, usesSession: false)
        let id = dialogue.ask(Self.creation())
        let request = try Self.one(server, &dialogue)
        #expect(request.opCode == .createIdentifier && request.id == id)
        #expect(try Self.take(try server.challenge(request), &dialogue).isEmpty)
        let proof = try Self.one(server, &dialogue)
        #expect(proof.opCode == .challengeResponse && proof.covered.envelope.sessionID == 77)
        let answer = try proof.body(ChallengeAnswer.self)
        let digest = try RequestDigest(of: request.covered.headerAndBody, version: .newest)
        let challenge = Challenge(nonce: [UInt8](repeating: 7, count: 16), requestDigest: digest)
        let made = try SecretKeyProof(wire: answer.answer)
        #expect(answer.user == Self.reference)
        #expect(try made.proves(Self.secret, answering: challenge))
        let created = MessageBody.created(WireText(Self.name))
        let events = try Self.take(try server.answer(proof, opCode: .createIdentifier, created), &dialogue)
        #expect(Self.code(events, of: id) == .success)
        #expect(dialogue.openCount == 0)
    }

    @Test func aRefusedProofIsTheRequestsRefusal() throws {
        var server = try DialogueServer()
        var dialogue = Self.dialogue(server, usesSession: false)
        let id = dialogue.ask(Self.creation())
        _ = try Self.take(try server.challenge(try Self.one(server, &dialogue)), &dialogue)
        let proof = try Self.one(server, &dialogue)
        let refusal = MessageBody.error(ErrorBody(message: []))
        let events = try Self.take(try server.answer(proof, .authenticationFailed, refusal), &dialogue)
        #expect(Self.code(events, of: id) == .authenticationFailed)
    }

    @Test func nothingIsSignedUnderAChallengeOfAnotherRequest() throws {
        var server = try DialogueServer()
        var dialogue = Self.dialogue(server, usesSession: false)
        let id = dialogue.ask(Self.creation())
        let request = try Self.one(server, &dialogue)
        let events = try Self.take(try server.challenge(request, of: [1, 2, 3]), &dialogue)
        #expect(Self.failure(events, of: id) == .challengeOfAnotherRequest)
        #expect(try dialogue.takeOutput().isEmpty)
    }

    @Test(arguments: [true, false])
    func overANewConnectionRequestsGoAsTheyWere(usesSession: Bool) throws {
        var server = try DialogueServer()
        var dialogue = Self.dialogue(server, usesSession: usesSession)
        let id = dialogue.ask(Self.creation())
        if usesSession { _ = try Self.take(try server.open(try Self.one(server, &dialogue), id: 9), &dialogue) }
        let first = try Self.one(server, &dialogue)
        #expect(dialogue.reconnect().isEmpty)
        let second = try Self.one(server, &dialogue)
        #expect(first.id == id && second.id == id)
        #expect(first.covered.headerAndBody == second.covered.headerAndBody)
        // The same session, and another counter, lest it be taken for a replay.
        #expect(second.covered.envelope.sessionID == (usesSession ? 9 : 0))
        #expect(second.covered.credential?.sessionCounter == (usesSession ? 2 : nil))
    }

    @Test func aListIsHandedOnInPartsAndNotBegunTwice() throws {
        var server = try DialogueServer()
        var dialogue = Self.dialogue(server, usesSession: false)
        let id = dialogue.ask(.request(.listIdentifiers, body: .name(NameRequest(name: Array("88.118.8".utf8)))))
        let request = try Self.one(server, &dialogue)
        let part = try server.answer(request, .success, .names([WireText(Self.name)]), flags: .continued)
        let events = try Self.take(part, &dialogue)
        guard case .answer(id, _, isLast: false)? = events.first else {
            Issue.record("\(events)")
            return
        }
        #expect(Self.failure(dialogue.reconnect(), of: id) == .connectionEnded)
        #expect(dialogue.openCount == 0)
    }

    @Test func anAnswerToNoRequestEndsTheConnection() throws {
        var server = try DialogueServer()
        var dialogue = Self.dialogue(server, usesSession: false)
        _ = dialogue.ask(Self.creation())
        let wire = try server.answer(try Self.one(server, &dialogue))
        _ = try Self.take(wire, &dialogue)
        // Played again, it finds nothing that waits for it.
        #expect(throws: AskFailure.self) { try Self.take(wire, &dialogue) }
    }

    @Test func outsideASessionACertifiedAnswerMustBeSignedByTheSite() throws {
        for (proof, isBelieved) in [(DialogueServer.Proof.signature, true), (.none, false)] {
            var server = try DialogueServer()
            var dialogue = Self.dialogue(server, usesSession: false) { $0.certifies = true }
            let id = dialogue.ask(Self.creation())
            let request = try Self.one(server, &dialogue)
            #expect(request.header.flags.isSuperset(of: [.certify, .requestDigest]))
            let events = try Self.take(
                try server.answer(request, .success, .created(WireText(Self.name)), proof: proof),
                &dialogue
            )
            #expect(Self.code(events, of: id) == (isBelieved ? .success : nil))
            #expect(Self.failure(events, of: id) == (isBelieved ? nil : .unproven))
        }
    }

    @Test func aSessionWhoseSetUpAnotherSignedIsNotUsed() throws {
        var server = try DialogueServer()
        var dialogue = Self.dialogue(try DialogueServer(), usesSession: true)
        let id = dialogue.ask(Self.creation())
        let events = try Self.take(try server.open(try Self.one(server, &dialogue), id: 9), &dialogue)
        #expect(Self.failure(events, of: id) == .unproven)
        #expect(!dialogue.hasSession)
    }

    @Test func inASessionEveryAnswerBearsItsCode() throws {
        for (proof, isBelieved) in [(DialogueServer.Proof.code, true), (.wrongCode, false), (.none, false)] {
            var server = try DialogueServer()
            var dialogue = Self.dialogue(server, usesSession: true)
            let id = dialogue.ask(Self.creation())
            _ = try Self.take(try server.open(try Self.one(server, &dialogue), id: 9), &dialogue)
            let request = try Self.one(server, &dialogue)
            #expect(!request.wasEncrypted)
            let answer = try server.answer(request, .success, .created(WireText(Self.name)), sessionID: 9, proof: proof)
            let events = try Self.take(answer, &dialogue)
            #expect(Self.failure(events, of: id) == (isBelieved ? nil : .unproven))
        }
    }

    /// A server that was started anew cannot read what was encrypted in the session, and answers operation 0.
    @Test func aSessionThatIsLostWithARequestUnreadIsReplaced() throws {
        var server = try DialogueServer()
        var dialogue = Self.dialogue(server, usesSession: true)
        let id = dialogue.ask(Self.creation(isPublic: false))
        _ = try Self.take(try server.open(try Self.one(server, &dialogue), id: 9), &dialogue)
        let first = try Self.one(server, &dialogue)
        let lost = MessageBody.error(ErrorBody(message: []))
        let unread = OpCode(rawValue: 0)
        #expect(try Self.take(try server.answer(first, .sessionUnknown, opCode: unread, lost), &dialogue).isEmpty)
        server.session = nil
        _ = try Self.take(try server.open(try Self.one(server, &dialogue), id: 10), &dialogue)
        let second = try Self.one(server, &dialogue)
        #expect(second.covered.envelope.sessionID == 10 && second.id == id)
        let refused = try Self.take(try server.answer(second, .error, opCode: unread, lost), &dialogue)
        #expect(Self.failure(refused, of: id) == .wrongOperation(unread), "any other code is of its operation")
    }

    @Test func aLostSessionIsReplacedOnce() throws {
        var server = try DialogueServer()
        var dialogue = Self.dialogue(server, usesSession: true)
        let id = dialogue.ask(Self.creation())
        _ = try Self.take(try server.open(try Self.one(server, &dialogue), id: 9), &dialogue)
        let first = try Self.one(server, &dialogue)
        let lost = MessageBody.error(ErrorBody(message: []))
        #expect(try Self.take(try server.answer(first, .sessionUnknown, lost), &dialogue).isEmpty)
        server.session = nil
        _ = try Self.take(try server.open(try Self.one(server, &dialogue), id: 10), &dialogue)
        let second = try Self.one(server, &dialogue)
        #expect(second.covered.envelope.sessionID == 10 && second.id == id)
        #expect(second.covered.headerAndBody == first.covered.headerAndBody)
        let events = try Self.take(try server.answer(second, .sessionUnknown, lost), &dialogue)
        #expect(Self.code(events, of: id) == .sessionUnknown)
    }

    @Test func whatNotEveryoneMayReadIsEncrypted() throws {
        var server = try DialogueServer()
        var dialogue = Self.dialogue(server, usesSession: true)
        _ = dialogue.ask(Self.creation(isPublic: false))
        _ = try Self.take(try server.open(try Self.one(server, &dialogue), id: 9), &dialogue)
        #expect(try Self.one(server, &dialogue).wasEncrypted)
    }

    @Test func untilTheProofOneRequestIsUnderWayAndThenMany() throws {
        var server = try DialogueServer()
        var dialogue = Self.dialogue(server, usesSession: true) { $0.inFlightMax = 8 }
        for _ in 0..<8 { _ = dialogue.ask(Self.creation()) }
        _ = try Self.take(try server.open(try Self.one(server, &dialogue), id: 9), &dialogue)
        let first = try Self.one(server, &dialogue)
        _ = try Self.take(try server.challenge(first, proof: .code), &dialogue)
        let proof = try Self.one(server, &dialogue)
        #expect(proof.opCode == .challengeResponse && proof.covered.envelope.sessionID == 9)
        let answer = try server.answer(
            proof,
            opCode: .createIdentifier,
            .created(WireText(Self.name)),
            sessionID: 9,
            proof: .code
        )
        #expect(try Self.take(answer, &dialogue).count == 1)
        let rest = try server.read(try dialogue.takeOutput())
        #expect(rest.count == 7 && Set(rest.map(\.id)).count == 7)
        #expect(rest.compactMap { $0.covered.credential?.sessionCounter } == Array(3...9))
    }

    @Test func aServerWithoutAKeyIsNotLoggedInTo() throws {
        var server = try DialogueServer()
        var dialogue = Self.dialogue(server, usesSession: true) { $0.trust = .shown }
        let id = dialogue.ask(Self.creation())
        let question = try Self.one(server, &dialogue)
        #expect(question.opCode == .getSiteInfo)
        let site = SiteInfo(serialNumber: 1, servers: [])
        let events = try Self.take(try server.answer(question, .success, .siteInfo(site)), &dialogue)
        #expect(Self.failure(events, of: id) == .noSiteKey)
    }

    @Test func referencesAreReadFromText() {
        #expect(ValueReference(text: "301:0.NA/88.118.8") == Self.reference)
        for text in ["", ":", "x:y/z", "300", "300:", "-1:a/b", "4294967295:a/b", "300:/b"] {
            #expect(ValueReference(text: text) == nil, "\(text)")
        }
    }
}
