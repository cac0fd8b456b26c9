import Authentication
import Cryptography
import ResolutionProtocol
import Testing

@testable import Resolution

/// Operation 201: answering for a secret that is kept here (operations.md §10).
@Suite struct ChallengeVerificationTests {
    private func verdict(
        _ node: AdministeredNode = AdministeredNode(),
        of who: Who,
        as reference: ValueReference,
        hasAlgorithm: Bool,
        version: ProtocolVersion = .newest
    ) throws -> Message? {
        let content = try Digest.sha256.digest(of: Array("a request".utf8))
        let digest = RequestDigest(algorithm: .sha256, bytes: content)
        let nonce = [UInt8](repeating: 3, count: 16)
        let challenge = Challenge(nonce: nonce, requestDigest: digest)
        let question = ChallengeVerification(
            secret: reference,
            nonce: nonce,
            requestDigest: hasAlgorithm ? digest : RequestDigest(algorithm: nil, bytes: content),
            answer: try who.proof(of: challenge, version: version)
        )
        return Client(node).ask(.verifyChallenge, .verifyChallenge(question))
    }

    @Test func bothFormsOfTheDigestAreRead() throws {
        for hasAlgorithm in [true, false] {
            let reference = Who.owner.reference
            #expect(try verdict(of: .owner, as: reference, hasAlgorithm: hasAlgorithm)?.body == .verified(true))
            #expect(try verdict(of: .neighbour, as: reference, hasAlgorithm: hasAlgorithm)?.body == .verified(false))
        }
    }

    @Test func indexZeroTriesEverySecret() throws {
        var registry = AdministeredRegistry()
        let second = Who("88.118.8/s", 301, secret: "second")
        registry.set("88.118.8/s", [Who("88.118.8/s", 300, secret: "first").value, second.value])
        let node = AdministeredNode(registry)
        #expect(try verdict(node, of: second, as: .of("88.118.8/s", 0), hasAlgorithm: false)?.body == .verified(true))
        #expect(
            try verdict(node, of: second, as: .of("88.118.8/s", 300), hasAlgorithm: false)?.body == .verified(false)
        )
    }

    @Test func whatIsMissingOrNoSecretIsNotValid() throws {
        for reference in [ValueReference.of("88.118.8/gone", 300), .of("0.NA/88.118.8", 999), Who.rsa.reference] {
            #expect(try verdict(of: .owner, as: reference, hasAlgorithm: false)?.body == .verified(false))
        }
    }

    @Test func secretsOfOthersAreCode301() throws {
        #expect(try verdict(of: .owner, as: .of("12.34/x", 300), hasAlgorithm: false)?.code == .notResponsible)
    }

    @Test func U2WeakFormsAreNotValid() throws {
        let answer = try verdict(
            of: .owner,
            as: Who.owner.reference,
            hasAlgorithm: false,
            version: ProtocolVersion(2, 6)
        )
        #expect(answer?.body == .verified(false))
    }

    @Test func theVerdictIsSignedAndBoundWhereThatIsAskedFor() throws {
        let key = Who.made(.rsa)
        let node = AdministeredNode(siteKey: key)
        let question = ChallengeVerification(
            secret: Who.owner.reference,
            nonce: [1],
            requestDigest: RequestDigest(algorithm: nil, bytes: [2]),
            answer: [0x13] + [UInt8](repeating: 0, count: 32)
        )
        let client = Client(node)
        let answer = try #require(
            client.ask(.verifyChallenge, .verifyChallenge(question), flags: [.certify, .requestDigest])
        )
        #expect(answer.body == .verified(false))
        #expect(answer.requestDigest != nil)
        #expect(try MessageSignature.isValid(of: CoveredMessage(answer), key: key.publicKey))
    }

    @Test func U4GuessingThisWayIsSlowedDownToo() throws {
        let node = AdministeredNode()
        for _ in 0..<10 {
            _ = try verdict(node, of: .neighbour, as: Who.owner.reference, hasAlgorithm: false)
        }
        #expect(try verdict(node, of: .neighbour, as: Who.owner.reference, hasAlgorithm: false) == nil)
        #expect(node.figures.delayedProofCount == 1)
    }
}
