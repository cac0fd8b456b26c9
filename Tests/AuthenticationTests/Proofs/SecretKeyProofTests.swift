import Authentication
import Cryptography
import ResolutionProtocol
import Testing

@Suite struct SecretKeyProofTests {
    private static let secret = Array("secret".utf8)
    private static let derived = hex(
        """
        22 00000010 bf78f38678d24f4ba395968ff05ca973 00002710 000000a0
        00000014 bd61afb9c5c52e63fc78eea6b86c973993f44346
        """
    )
    private static let oldChallenge = Challenge(
        nonce: hex("8cfcf600323a5c4c92334e18e83ffa75"),
        requestDigest: RequestDigest(algorithm: .sha1, bytes: hex("2881a436c34e43cfafe44cdb87700a2763ef79d3"))
    )
    private static let keyed = hex("02 9d60d54c838b6a344d62dbbffdf89369d7284b31")

    /// The examples of security.md §3.
    @Test func workedExamples() throws {
        let salt = hex("bf78f38678d24f4ba395968ff05ca973")
        let made = try SecretKeyProof(
            answering: Samples.challenge,
            version: .newest,
            secret: Self.secret,
            salt: salt
        )
        #expect(made.wire == Self.derived)
        #expect(try SecretKeyProof(wire: Self.derived).proves(Self.secret, answering: Samples.challenge))
        let old = try SecretKeyProof(
            answering: Self.oldChallenge,
            version: ProtocolVersion(2, 6),
            secret: Self.secret
        )
        #expect(old.wire == Self.keyed)
        #expect(try old.proves(Self.secret, answering: Self.oldChallenge, policy: .legacy))
    }

    @Test(arguments: [ProtocolVersion(2, 0), ProtocolVersion(2, 1), ProtocolVersion(2, 7), .newest])
    func whatIsMadeIsReadAndRefusedWhenCut(_ version: ProtocolVersion) throws {
        let proof = try SecretKeyProof(answering: Samples.challenge, version: version, secret: Self.secret)
        let wire = proof.wire
        #expect(try SecretKeyProof(wire: wire) == proof)
        #expect(try proof.proves(Self.secret, answering: Samples.challenge, policy: .legacy))
        #expect(proof.isSlowToVerify == (version >= ProtocolVersion(2, 7)))
        // Sixteen octets are a form of their own.
        for count in 0..<wire.count where count != 16 {
            #expect(throws: WireError.self, "cut at \(count)") { try SecretKeyProof(wire: Array(wire[..<count])) }
        }
        #expect(throws: WireError.self) { try SecretKeyProof(wire: wire + [0]) }
    }

    @Test(arguments: [Digest.sha1, .sha256])
    func aCodeOfEitherDigestProves(_ digest: Digest) throws {
        let content = Samples.challenge.nonce + Samples.challenge.requestDigest.bytes
        let code = try MessageAuthentication.hmac(digest, key: Self.secret, message: content)
        let wire = [digest == .sha1 ? 0x12 : 0x13] + code
        let proof = try SecretKeyProof(wire: wire)
        #expect(proof == .hmac(digest, code: code))
        #expect(proof.wire == wire)
        #expect(try proof.proves(Self.secret, answering: Samples.challenge, policy: .legacy))
        let keyed = try digest.digest(of: Self.secret + content + Self.secret)
        let other = try SecretKeyProof(wire: [digest == .sha1 ? 2 : 3] + keyed)
        #expect(try other.proves(Self.secret, answering: Samples.challenge, policy: .legacy))
    }

    @Test func U2FormsOfMD5AndSHA1AreRefusedUnlessAllowed() throws {
        let md5 = SecretKeyProof.keyedDigest(.md5, isTagged: false, code: [UInt8](repeating: 0, count: 16))
        #expect(throws: ProofRefusal.weak(.md5)) { try md5.proves(Self.secret, answering: Samples.challenge) }
        for form in [0x02, 0x12] as [UInt8] {
            let proof = try SecretKeyProof(wire: [form] + [UInt8](repeating: 0, count: 20))
            #expect(throws: ProofRefusal.weak(.sha1)) { try proof.proves(Self.secret, answering: Samples.challenge) }
            #expect(throws: Never.self) {
                try proof.proves(
                    Self.secret,
                    answering: Samples.challenge,
                    policy: SignaturePolicy(allowsSHA1: true)
                )
            }
        }
    }

    @Test(
        arguments: [
            (0, 160, .malformed), (1, 0, .malformed), (1, 161, .malformed), (100_001, 160, .tooMuchWork),
            (.max, 160, .tooMuchWork), (1, 520, .tooMuchWork), (1, 0xFFFF_FFF8, .tooMuchWork),
        ] as [(UInt32, UInt32, ProofRefusal)]
    )
    func theWorkThatAProofAsksForIsBounded(_ rounds: UInt32, _ bits: UInt32, _ refusal: ProofRefusal) {
        let proof = SecretKeyProof.derived(
            DerivedKeyProof(
                salt: [1],
                iterationCount: rounds,
                keyBitCount: bits,
                code: [UInt8](repeating: 0, count: 20)
            )
        )
        #expect(throws: refusal) { try proof.proves(Self.secret, answering: Samples.challenge) }
    }

    @Test func aSecretBeyondASCIIMayBeEncodedOnceOrTwice() throws {
        let secret = Array("密码".utf8)
        let content = Samples.challenge.nonce + Samples.challenge.requestDigest.bytes
        for password in [secret, hex("c3a5c2afc286c3a7c2a0c281")] {
            let key = try KeyDerivation.pbkdf2(
                .sha1,
                password: password,
                salt: [7],
                iterationCount: 3,
                byteCount: 20
            )
            let code = try MessageAuthentication.hmac(.sha1, key: key, message: content)
            let proof = SecretKeyProof.derived(
                DerivedKeyProof(salt: [7], iterationCount: 3, keyBitCount: 160, code: code)
            )
            #expect(try proof.proves(secret, answering: Samples.challenge))
            #expect(try !proof.proves(password + [0x80], answering: Samples.challenge))
        }
    }

    @Test func U3NoBitOfAnAnswerCanBeChanged() throws {
        // Few rounds, so that every bit can be tried.
        var quick = try SecretKeyProof(wire: Self.derived)
        guard case .derived(var proof) = quick else { return #expect(Bool(false), "another form") }
        proof.iterationCount = 2
        let content = Samples.challenge.nonce + Samples.challenge.requestDigest.bytes
        let key = try KeyDerivation.pbkdf2(
            .sha1,
            password: Self.secret,
            salt: proof.salt,
            iterationCount: 2,
            byteCount: 20
        )
        proof.code = try MessageAuthentication.hmac(.sha1, key: key, message: content)
        quick = .derived(proof)
        #expect(try quick.proves(Self.secret, answering: Samples.challenge))
        for (bit, bytes) in quick.wire.withEachBitFlipped {
            let isAccepted =
                (try? SecretKeyProof(wire: bytes).proves(
                    Self.secret,
                    answering: Samples.challenge,
                    policy: .legacy
                )) ?? false
            #expect(!isAccepted, "bit \(bit)")
        }
    }

    @Test func anotherSecretNonceOrDigestIsNotProven() throws {
        let proof = try SecretKeyProof(wire: Self.derived)
        #expect(try !proof.proves(Self.secret + [0x20], answering: Samples.challenge))
        #expect(try !proof.proves([], answering: Samples.challenge))
        var other = Samples.challenge
        other.nonce[0] ^= 1
        #expect(try !proof.proves(Self.secret, answering: other))
        other = Samples.challenge
        other.requestDigest.bytes[31] ^= 1
        #expect(try !proof.proves(Self.secret, answering: other))
    }

    @Test(arguments: [
        "", "00", "04", "22", "23 00", "0400000000000000000000000000000000000000",
        "22 00000010 0102",
    ])
    func otherBytesAreNoAnswer(_ text: String) {
        #expect(throws: WireError.self) { try SecretKeyProof(wire: hex(text)) }
    }

    @Test func aHashedSecretIsTheTextOfADigest() throws {
        // SHA-1 of "abc" (FIPS 180-4).
        let text = "a9993e364706816aba3e25717850c26c9cd0d89d"
        #expect(try SecretKeyProof.hashedSecret(of: Array("abc".utf8)) == Array(text.utf8))
    }
}
