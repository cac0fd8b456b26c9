import Authentication
import Cryptography
import ResolutionProtocol
import Testing

@Suite struct PublicKeyProofTests {
    private static func proof(_ kind: KeyKind, _ version: ProtocolVersion = .newest) throws -> PublicKeyProof {
        try PublicKeyProof(
            answering: Samples.challenge,
            version: version,
            user: Samples.user,
            key: try Samples.key(kind)
        )
    }

    private static func isProven(
        _ proof: PublicKeyProof,
        _ kind: KeyKind,
        policy: SignaturePolicy = .legacy
    ) throws -> Bool {
        let key = try Samples.key(kind).publicKey
        return try proof.proves(key, user: Samples.user, answering: Samples.challenge, policy: policy)
    }

    @Test(arguments: KeyKind.allCases, [ProtocolVersion(2, 1), ProtocolVersion(2, 7), .newest])
    func everyKindOfKeyProves(_ kind: KeyKind, _ version: ProtocolVersion) throws {
        let proof = try Self.proof(kind, version)
        #expect(try PublicKeyProof(wire: proof.wire) == proof)
        #expect(try Self.isProven(proof, kind))
        let wire = proof.wire
        for count in 0..<wire.count {
            #expect(throws: WireError.self, "cut at \(count)") { try PublicKeyProof(wire: Array(wire[..<count])) }
        }
        #expect(throws: WireError.trailingBytes) { try PublicKeyProof(wire: wire + [0]) }
    }

    @Test(arguments: [
        (KeyKind.rsa, ProtocolVersion(2, 6), "SHA1"), (.rsa, ProtocolVersion(2, 7), "SHA-256"),
        (.dsa, ProtocolVersion(2, 10), "SHA1"), (.dsa, .newest, "SHA-256"), (.ec, ProtocolVersion(2, 1), "SHA-256"),
        (.sm2, .newest, "SM3"), (.ed25519, .newest, "EdDSA"),
    ])
    func theDigestGoesByKeyAndVersion(_ kind: KeyKind, _ version: ProtocolVersion, _ name: String) throws {
        #expect(try Self.proof(kind, version).digestName == Array(name.utf8))
    }

    @Test func theDigestMayBeNamedInOtherWays() throws {
        var proof = try Self.proof(.rsa)
        for name in [Array("SHA256".utf8), [3]] as [[UInt8]] {
            proof.digestName = name
            #expect(try Self.isProven(proof, .rsa))
        }
        proof = try Self.proof(.rsa, ProtocolVersion(2, 6))
        for name in [Array("SHA-1".utf8), [2]] as [[UInt8]] {
            proof.digestName = name
            #expect(try Self.isProven(proof, .rsa))
        }
    }

    @Test func U2WeakDigestsAndKeysAreRefusedUnlessAllowed() throws {
        #expect(throws: ProofRefusal.weak(.sha1)) {
            try Self.isProven(Self.proof(.rsa, ProtocolVersion(2, 6)), .rsa, policy: .standard)
        }
        #expect(throws: ProofRefusal.weak(.dsa(bitCount: 2_048))) {
            try Self.isProven(Self.proof(.dsa), .dsa, policy: .standard)
        }
        let md5 = PublicKeyProof(digestName: [1], signature: try Self.proof(.rsa).signature)
        #expect(throws: ProofRefusal.weak(.md5)) { try Self.isProven(md5, .rsa, policy: .standard) }
        let short = try PrivateKey.generate(.rsa, bitCount: 1_024)
        let proof = try PublicKeyProof(
            answering: Samples.challenge,
            version: .newest,
            user: Samples.user,
            key: short
        )
        #expect(throws: ProofRefusal.weak(.shortRSA(bitCount: 1_024))) {
            try proof.proves(short.publicKey, user: Samples.user, answering: Samples.challenge)
        }
        #expect(
            try proof.proves(short.publicKey, user: Samples.user, answering: Samples.challenge, policy: .legacy)
        )
        #expect(proof.weaknesses(with: short.publicKey, policy: .legacy) == [.shortRSA(bitCount: 1_024)])
    }

    @Test func aPolicyMayWantMoreThanTheStandard() throws {
        let strict = SignaturePolicy(minimumRSABitCount: 3_072)
        #expect(throws: ProofRefusal.weak(.shortRSA(bitCount: 2_048))) {
            try Self.isProven(Self.proof(.rsa), .rsa, policy: strict)
        }
        #expect(try Self.isProven(Self.proof(.rsa), .rsa, policy: .standard))
    }

    @Test(arguments: [KeyKind.ed25519, .sm2, .ec])
    func U3NoBitOfAnAnswerCanBeChanged(_ kind: KeyKind) throws {
        for (bit, bytes) in try Self.proof(kind).wire.withEachBitFlipped {
            let isAccepted = (try? Self.isProven(PublicKeyProof(wire: bytes), kind)) ?? false
            #expect(!isAccepted, "bit \(bit)")
        }
    }

    @Test(arguments: KeyKind.allCases)
    func U3SignaturesOfTheWrongLengthProveNothing(_ kind: KeyKind) throws {
        let proof = try Self.proof(kind)
        let signature = proof.signature
        for wrong in [[], Array(signature.dropLast()), signature + [0], [0] + signature, [0]] as [[UInt8]] {
            let isProven = try Self.isProven(
                PublicKeyProof(digestName: proof.digestName, signature: wrong),
                kind
            )
            #expect(!isProven, "\(wrong.count) bytes")
        }
    }

    @Test(arguments: KeyKind.allCases)
    func U3AKeyOfAnotherKindOrAnotherPairIsNotProven(_ kind: KeyKind) throws {
        let proof = try Self.proof(kind)
        for other in KeyKind.allCases where other != kind {
            let isAccepted = (try? Self.isProven(proof, other)) ?? false
            #expect(!isAccepted, "\(other)")
        }
    }

    @Test func theUserIsPartOfAnSM2Signature() throws {
        let key = try Samples.key(.sm2).publicKey
        let other = Array("35.TEST/V".utf8)
        #expect(try !Self.proof(.sm2).proves(key, user: other, answering: Samples.challenge))
    }

    /// The worked vector of security.md §4.1.
    @Test func theWorkedSM2Example() throws {
        let key = try PublicKey(
            sm2X: hex("09f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020"),
            y: hex("ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13")
        )
        let challenge = Challenge(
            nonce: hex("000102030405060708090a0b0c0d0e0f"),
            requestDigest: Samples.challenge.requestDigest
        )
        let proof = PublicKeyProof(
            digestName: Array("SM3".utf8),
            signature: hex(
                """
                3044022037ee0862e116d89fbcfce5c8a9337bc0921fd3ecb059c309d30785f3ea6c6803
                02202e1e2279276ca839d0d70066706c0808cd9f2399c532cd0e1dd737fefde8caee
                """
            )
        )
        #expect(try proof.proves(key, user: Samples.user, answering: challenge))
    }

    @Test func namesThatAreNotKnownOrDoNotFitAreRefused() throws {
        var proof = try Self.proof(.rsa)
        for name in ["", "sha-256", "SHA-512", "SHA256 "].map({ Array($0.utf8) }) + [[0], [4]] {
            proof.digestName = name
            #expect(throws: ProofRefusal.unknownAlgorithm(name)) { try Self.isProven(proof, .rsa) }
        }
        let sm3 = Array("SM3".utf8)
        proof.digestName = sm3
        #expect(throws: ProofRefusal.unsuitableAlgorithm(sm3)) { try Self.isProven(proof, .rsa) }
        proof = try Self.proof(.sm2)
        proof.digestName = [3]
        #expect(throws: ProofRefusal.unsuitableAlgorithm([3])) { try Self.isProven(proof, .sm2) }
        proof = try Self.proof(.ed25519)
        proof.digestName = [3]
        #expect(throws: ProofRefusal.unsuitableAlgorithm([3])) { try Self.isProven(proof, .ed25519) }
    }
}
