import Authentication
import Cryptography
import ResolutionProtocol
import Testing

@testable import Resolution

/// Challenges, and what proves an identity (security.md §§2-4, operations.md §11).
@Suite struct ChallengeTests {
    private let wish = MessageBody.name("88.118.8/a")

    private func challenged(_ client: Client) throws -> Message {
        try #require(client.ask(.deleteIdentifier, wish))
    }

    private func answered(_ client: Client, _ who: Who, _ proof: [UInt8], type: [UInt8]? = nil) throws -> Message? {
        client.send(client.answer(to: try challenged(client), as: who, proof: proof, type: type)).last
    }

    private func challenge(in message: Message) throws -> Challenge {
        guard case .challenge(let challenge) = message.body else { throw WireError.invalidField }
        return challenge
    }

    @Test func theChallengeHoldsTheRequestsDigestAndANonce() throws {
        let client = Client(AdministeredNode())
        let request = client.request(.deleteIdentifier, wish)
        let messages = (0..<2).compactMap { _ in client.send(request).last }
        let challenges = try messages.map { try challenge(in: $0) }
        #expect(Set(challenges.map(\.nonce)).count == 2)
        #expect(challenges.allSatisfy { $0.nonce.count == 16 })
        #expect(challenges.allSatisfy { $0.requestDigest == digest(.sha256, of: request) })
        #expect(messages.allSatisfy { $0.header.flags.contains(.requestDigest) })
        #expect(messages.allSatisfy { $0.header.opCode == .deleteIdentifier })
        #expect(messages.allSatisfy { (0x4000_0000...0x7FFF_FFFE).contains($0.envelope.sessionID) })
    }

    @Test func eachKindOfKeyProves() throws {
        for who in Who.keys {
            var registry = AdministeredRegistry()
            registry.set("88.118.8/a", [.admin(100, who.reference)])
            let client = Client(AdministeredNode(registry))
            let answer = client.perform(.deleteIdentifier, wish, as: who)
            #expect(answer?.code == .success)
            #expect(answer?.header.opCode == .deleteIdentifier)
            #expect(answer?.envelope.sessionID == 0)
            #expect(
                answer?.envelope.requestID
                    == client.sent.last.flatMap { try? Envelope(wire: Array($0.prefix(20))) }?.requestID
            )
        }
    }

    @Test func aRefusalOfEachKindHasItsCode() throws {
        let client = Client(AdministeredNode())
        let unknown = try answered(client, .owner, [1], type: Array("HS_OTHER".utf8))
        #expect(unknown?.code == .invalidCredential)
        #expect(try answered(client, .stranger, [0x22])?.code == .authenticationFailed)
        let wrong = Who("0.NA/88.118.8", 300, secret: "wrong")
        #expect(client.perform(.deleteIdentifier, wish, as: wrong)?.code == .authenticationFailed)
        #expect(client.perform(.deleteIdentifier, wish, as: .stranger)?.code == .authenticationFailed)
        #expect(
            client.perform(.deleteIdentifier, wish, as: .owner.named("0.NA/88.118.8", 301))?.code
                == .authenticationFailed
        )
        #expect(
            client.perform(.deleteIdentifier, wish, as: .owner.named("12.34/x", 300))?.code
                == .authenticationError
        )
        let late = client.answer(to: try challenged(client), as: .owner, proof: [1])
        var envelope = late.envelope
        envelope.sessionID = 0x7000_0000
        let lost = Message(envelope: envelope, header: late.header, body: late.body)
        #expect(client.send(lost).last?.code == .sessionUnknown)
    }

    @Test func aChallengeLivesSixtySecondsAndIsThenUnknown() throws {
        let node = AdministeredNode()
        let client = Client(node)
        for (seconds, code) in [
            (59, ResponseCode.success), (60, .challengeExpired), (100, .challengeExpired), (200, .sessionUnknown),
        ] {
            let challenge = try #require(
                client.ask(.addValue, .values("88.118.8/a", [.text(UInt32(1_000 + seconds), "U", "")]))
            )
            let proof = try #require(client.answer(to: challenge, as: .owner))
            node.pass(seconds: seconds)
            #expect(client.send(proof).last?.code == code)
        }
    }

    @Test func U1EveryCapturedMessageSentAgainIsRefused() throws {
        let node = AdministeredNode()
        let client = Client(node)
        #expect(client.perform(.deleteIdentifier, wish, as: .owner)?.code == .success)
        let captured = client.sent
        let thieves = [Client(node, .tcp(1)), Client(node, .tcp(2)), Client(node, .tcpFrom(0x0A00_0001, 3))]
        for pause in [0, 30, 300] {
            node.pass(seconds: pause)
            for thief in thieves {
                for bytes in captured {
                    let code = try #require(thief.send(bytes).last?.code)
                    #expect([.authenticationNeeded, .challengeExpired, .sessionUnknown].contains(code))
                }
            }
        }
        // Another node knows neither the challenge nor its nonce.
        let other = Client(AdministeredNode())
        #expect(other.send(captured[1]).last?.code == .sessionUnknown)
        #expect(node.changes.sets.count == 1)
    }

    @Test func U1EveryCapturedMessageOfASessionSentAgainIsRefused() throws {
        let node = AdministeredNode()
        let client = Client(node)
        try client.logIn(.owner)
        #expect(client.ask(.deleteIdentifier, wish)?.code == .success)
        let captured = Array(client.sent.dropFirst())
        let thieves = [Client(node, .tcp(1)), Client(node, .tcp(2)), Client(node, .tcpFrom(0x0A00_0001, 3))]
        for pause in [0, 30, 700] {
            node.pass(seconds: pause)
            for thief in thieves {
                for bytes in captured {
                    let code = try #require(thief.send(bytes).last?.code)
                    #expect([.sessionMessageRejected, .sessionUnknown].contains(code))
                }
            }
        }
        #expect(node.changes.sets.count == 1)
    }

    @Test func anAnswerMayComeByAnotherTransport() throws {
        let node = AdministeredNode()
        let asking = Client(node, .tcp(1))
        let challenge = try challenged(asking)
        let answering = Client(node, .udp)
        let answer = answering.send(try #require(answering.answer(to: challenge, as: .owner))).last
        #expect(answer?.code == .success)
        #expect(answer?.header.opCode == .deleteIdentifier)
    }

    @Test func U1AProofOfOneRequestIsNoneOfAnother() throws {
        let node = AdministeredNode()
        let client = Client(node)
        let first = try #require(client.ask(.listHomedPrefixes, .name("/")))
        let second = try challenged(client)
        let proof = try Who.owner.proof(of: try challenge(in: first), version: .newest)
        #expect(client.send(client.answer(to: second, as: .owner, proof: proof)).last?.code == .authenticationFailed)
        // A failed answer uses its challenge up.
        let late = try #require(client.answer(to: second, as: .owner))
        #expect(client.send(late).last?.code == .challengeExpired)
        #expect(node.changes.sets.isEmpty)
    }

    @Test func U2WeakProofsAreRefusedUnlessTheConfigurationSaysOtherwise() throws {
        for isLegacy in [false, true] {
            var registry = AdministeredRegistry()
            registry.settings.allowsLegacyAlgorithms = isLegacy
            let weak = [
                Who("0.NA/88.118.8", 310, Who.made(.rsa, bitCount: 1_024)),
                Who("0.NA/88.118.8", 311, Who.made(.dsa, bitCount: 1_024)),
            ]
            let keys = [Who.owner.value] + weak.map(\.value)
            registry.set("0.NA/88.118.8", [.admin(100, .of("0.NA/88.118.8", 0))] + keys)
            registry.set("88.118.8/a", [.admin(100, .of("0.NA/88.118.8", 0))])
            for who in weak {
                let node = AdministeredNode(registry)
                let code = Client(node).perform(.deleteIdentifier, wish, as: who)?.code
                #expect(code == (isLegacy ? .success : .authenticationFailed))
                #expect(node.figures.legacyProofCount == (isLegacy ? 1 : 0))
            }
            for version in [ProtocolVersion(2, 0), ProtocolVersion(2, 1), ProtocolVersion(2, 6)] {
                let node = AdministeredNode(registry)
                let client = Client(node)
                let challenged = try challenged(client)
                let proof = try Who.owner.proof(of: try challenge(in: challenged), version: version)
                let code = client.send(client.answer(to: challenged, as: .owner, proof: proof)).last?.code
                #expect(code == (isLegacy ? .success : .authenticationFailed), "\(version)")
                #expect(node.figures.legacyProofCount == (isLegacy ? 1 : 0))
            }
        }
    }

    @Test func U2BoundedWorkForDerivedSecrets() throws {
        let client = Client(AdministeredNode())
        for (rounds, bits) in [(100_001, 160), (0, 160), (.max, 160), (10, 0), (10, 8 * 65), (10, 161), (10, .max)]
            as [(UInt32, UInt32)]
        {
            let proof = SecretKeyProof.derived(
                DerivedKeyProof(
                    salt: [1],
                    iterationCount: rounds,
                    keyBitCount: bits,
                    code: [UInt8](repeating: 0, count: 20)
                )
            )
            #expect(try answered(client, .owner, proof.wire)?.code == .authenticationFailed)
        }
    }

    @Test func U3DamagedSignaturesAreRefused() throws {
        var registry = AdministeredRegistry()
        registry.settings.failedProofsPerMinute = 1_000
        for who in [Who.rsa, .sm2, .ed25519] {
            registry.set("88.118.8/a", [.admin(100, who.reference)])
            let node = AdministeredNode(registry)
            let client = Client(node)
            for change in Damage.allCases {
                let challenged = try challenged(client)
                let whole = try Who(who.reference.identifierText, who.reference.index, who.pair)
                    .proof(of: try challenge(in: challenged), version: .newest)
                let proof = try change.applied(to: try PublicKeyProof(wire: whole))
                let answer = client.send(client.answer(to: challenged, as: who, proof: proof)).last
                #expect(answer?.code == .authenticationFailed, "\(change)")
            }
            #expect(node.changes.sets.isEmpty)
        }
    }

    private enum Damage: CaseIterable {
        case empty, truncated, longer, trailing, otherDigest, noDigest

        func applied(to proof: PublicKeyProof) throws -> [UInt8] {
            var proof = proof
            switch self {
            case .empty: proof.signature = []
            case .truncated: proof.signature.removeLast()
            case .longer: proof.signature.append(0)
            case .trailing: return proof.wire + [0]
            case .otherDigest:
                proof.digestName = Array((proof.digestName == Array("SM3".utf8) ? "SHA-256" : "SM3").utf8)
            case .noDigest: proof.digestName = []
            }
            return proof.wire
        }
    }

    @Test func U3AKeyOfAnotherKindIsRefused() throws {
        let client = Client(AdministeredNode())
        let challenged = try challenged(client)
        let proof = try Who.rsa.proof(of: try challenge(in: challenged), version: .newest)
        #expect(client.send(client.answer(to: challenged, as: .sm2, proof: proof)).last?.code == .authenticationFailed)
        let asSecret = try #require(client.ask(.deleteIdentifier, wish))
        let answer = client.answer(to: asSecret, as: .rsa, proof: proof, type: ValueType.secretKey)
        #expect(client.send(answer).last?.code == .authenticationFailed)
    }

    @Test func U4AfterTenFailuresAnAddressWaitsLongerAndLonger() throws {
        let node = AdministeredNode()
        let client = Client(node)
        let wrong = Who("0.NA/88.118.8", 300, secret: "guess")
        for _ in 0..<10 { #expect(client.perform(.deleteIdentifier, wish, as: wrong)?.code == .authenticationFailed) }
        let box = AnswerBox()
        let proof = try #require(client.answer(to: try challenged(client), as: wrong))
        node.send(proof.wire, as: client.place.peer, into: box)
        #expect(!box.isSettled)
        node.pass(seconds: 1)
        #expect(box.answers.last?.code == ResponseCode.authenticationFailed.rawValue)
        #expect(node.figures.delayedProofCount == 1)
        // The right one is let in too, later: nobody is locked out.
        let honest = AnswerBox()
        let right = try #require(client.answer(to: try challenged(client), as: .owner))
        node.send(right.wire, as: client.place.peer, into: honest)
        node.pass(seconds: 2)
        #expect(honest.answers.last?.code == ResponseCode.success.rawValue)
    }

    @Test func U4OtherAddressesAndProvenOnesAreNotSlowedDown() throws {
        let node = AdministeredNode()
        let home = Client(node, .tcpFrom(0x0A00_0001, 7))
        let value = { HandleValue.text($0, "URL", "") }
        #expect(home.perform(.addValue, .values("88.118.8/a", [value(20)]), as: .owner)?.code == .success)
        let wrong = Who("0.NA/88.118.8", 300, secret: "guess")
        for number in 0..<50 {
            let guesser = Client(node, .tcpFrom(0x0B00_0000 + UInt32(number / 5), 100 + UInt64(number)))
            _ = guesser.perform(.deleteIdentifier, wish, as: wrong)
        }
        // From where the identity was proven it goes on at once; from elsewhere it waits.
        #expect(home.perform(.addValue, .values("88.118.8/a", [value(21)]), as: .owner)?.code == .success)
        let elsewhere = Client(node, .tcpFrom(0x0C00_0001, 999))
        #expect(elsewhere.perform(.addValue, .values("88.118.8/a", [value(22)]), as: .owner) == nil)
        #expect(elsewhere.perform(.addValue, .values("88.118.9/b", [value(22)]), as: .neighbour)?.code == .success)
    }

    @Test func U4ManyGuessesAtOnceAreNotTriedAtOnce() throws {
        let node = AdministeredNode()
        let client = Client(node)
        node.keyWork.isHeld = true
        let wrong = Who("0.NA/88.118.8", 300, secret: "guess")
        let boxes = try (0..<200).map { _ in
            let box = AnswerBox()
            let proof = client.answer(
                to: try challenged(client),
                as: wrong,
                proof: [0x13] + [UInt8](repeating: 0, count: 32)
            )
            node.send(proof.wire, as: client.place.peer, into: box)
            return box
        }
        #expect(node.keyWork.workCount == 10)
        #expect(boxes.count { $0.answers.last?.code == ResponseCode.serverBusy.rawValue } == 200 - 64)
        node.keyWork.release()
        node.pass(seconds: 10)
        #expect(boxes.allSatisfy { $0.isSettled })
    }

    @Test func U9TheWallClockDoesNotMatter() throws {
        for seconds in [600, -600, 86_400, -86_400] as [Int64] {
            let node = AdministeredNode()
            let client = Client(node)
            let challenged = try challenged(client)
            node.jump(seconds: seconds)
            let proof = try #require(client.answer(to: challenged, as: .owner))
            #expect(client.send(proof).last?.code == .success)
        }
        let node = AdministeredNode()
        let client = Client(node)
        try client.logIn(.owner)
        node.jump(seconds: 86_400)
        #expect(client.ask(.deleteIdentifier, wish)?.code == .success)
    }

    @Test func R10ChallengesWithoutEndAreBoundedAndHonestLogInsSucceed() throws {
        let node = AdministeredNode()
        let honest = Client(node, .tcpFrom(0x0A00_0001, 1))
        let challenged = try challenged(honest)
        let attacker = Client(node, .tcpFrom(0x0B00_0001, 2))
        for number in 0..<50_000 {
            if number % 97 == 0 { attacker.place = .tcpFrom(0x0B00_0001 + UInt32(number), 2) }
            _ = attacker.ask(.deleteIdentifier, wish)
        }
        #expect(node.figures.challengeCount <= 10_000)
        #expect(node.figures.evictedChallengeCount > 0)
        let proof = try #require(honest.answer(to: challenged, as: .owner))
        #expect([.success, .sessionUnknown].contains(honest.send(proof).last?.code))
        #expect(honest.perform(.addValue, .values("88.118.9/b", [.text(9, "U", "")]), as: .neighbour)?.code == .success)
        node.pass(seconds: 60)
        node.pass(seconds: 60)
        #expect(node.figures.challengeCount == 0)
    }

    @Test func aKeyKeptElsewhereIsAskedForThere() {
        let remote = RemoteKeysDouble()
        let far = Who("12.34/admin", 300, Who.made(.ed25519))
        remote.values = [far.value]
        var registry = AdministeredRegistry()
        registry.set("88.118.8/a", [.admin(100, far.reference)])
        let node = AdministeredNode(registry, remoteKeys: remote)
        #expect(Client(node).perform(.deleteIdentifier, wish, as: far)?.code == .success)
        #expect(remote.asked == [far.reference])
        // A secret never leaves the node that keeps it.
        let secret = Who("12.34/admin", 301, secret: "x")
        #expect(
            Client(node).perform(.addValue, .values("88.118.9/b", [.text(9, "U", "")]), as: secret)?.code
                == .authenticationError
        )
        #expect(remote.asked.count == 1)
    }

    @Test func aKeyServerThatIsSilentIsWaitedForInBoundedTimeAndNumber() throws {
        let remote = RemoteKeysDouble()
        remote.isSilent = true
        let far = Who("12.34/admin", 300, Who.made(.ed25519))
        var registry = AdministeredRegistry()
        registry.settings.remoteKeyCountMax = 1
        registry.set("88.118.8/a", [.admin(100, far.reference)])
        let node = AdministeredNode(registry, remoteKeys: remote)
        let boxes = try (1...2).map { number in
            let client = Client(node, .tcp(UInt64(number)))
            let challenge = try #require(client.send(client.request(.deleteIdentifier, wish)).last)
            let proof = try #require(client.answer(to: challenge, as: far))
            let box = AnswerBox()
            node.send(proof.wire, as: client.place.peer, into: box)
            return box
        }
        func answer(_ box: AnswerBox) -> Message? { box.messages.last.flatMap { try? Message(wire: $0) } }
        func text(_ message: Message?) -> String {
            guard case .error(let error)? = message?.body else { return "" }
            return String(decoding: error.message, as: UTF8.self)
        }
        #expect(!boxes[0].isSettled && node.figures.remoteKeyWaitCount == 1)
        #expect(answer(boxes[1])?.code == .authenticationError && text(answer(boxes[1])).contains("too many keys"))
        node.pass(seconds: 9)
        #expect(answer(boxes[0])?.code == .authenticationError && text(answer(boxes[0])).contains("does not answer"))
        #expect(node.figures.remoteKeyWaitCount == 0)
        #expect(node.figures.remoteKeyCount == 2 && node.figures.failedRemoteKeyCount == 2)
        // What comes later is nobody's proof.
        remote.held.first?(.success([far.value]))
        node.settle()
        #expect(boxes[0].messages.count == 1 && node.figures.provenCount == 0)
    }

    private final class RemoteKeysDouble: RemoteKeys, @unchecked Sendable {
        // Sendable: a test uses it from its own thread alone.
        var values: [HandleValue]?
        var asked: [ValueReference] = []
        var isSilent = false
        var held: [@Sendable (Result<[HandleValue], RemoteKeyFailure>) -> Void] = []

        func values(
            of reference: ValueReference,
            then: @escaping @Sendable (Result<[HandleValue], RemoteKeyFailure>) -> Void
        ) {
            asked.append(reference)
            if isSilent { return held.append(then) }
            then(values.map { .success($0) } ?? .failure(.silent))
        }
    }
}
