import Cryptography
import Testing
import VectorFiles

/// Keys, signatures and ciphertexts that other software made.
@Suite struct KeyVectorTests {
    static let rsaAnswers = vectors("HS_PUBKEY-RSA", in: "challenge.json")
    static let dsaAnswers = vectors("HS_PUBKEY-DSA", in: "challenge.json")
    static let sm2Answers = vectors("sm2-answer", in: "idis-extensions.json")
    static let exchanges = vectors("session-key-exchange", in: "session.json")
    static let keyFiles = vectors("public-key-file", in: "keyfiles.json")

    @Test func thereAreVectors() {
        #expect(Self.rsaAnswers.count > 10)
        #expect(Self.dsaAnswers.count > 3)
        #expect(Self.sm2Answers.count > 3)
        #expect(Self.exchanges.count > 10)
        #expect(Self.keyFiles.count > 5)
    }

    @Test(arguments: rsaAnswers + dsaAnswers)
    func answersToChallengesVerify(_ vector: Vector) throws {
        let key = try vector.privateKey("privateKey")
        let digest: Digest = try vector.text("algorithm").hasPrefix("SHA256") ? .sha256 : .sha1
        let answer = bytes(try vector.text("hex"))
        // str digest ‖ bytes signature (security.md §4).
        let signature = Array(answer.dropFirst(4 + Int(answer[3]) + 4))
        let content = bytes(try vector.text("signedContentHex"))
        #expect(try key.publicKey.verifies(signature, of: content, digest: digest))
        #expect(try !key.publicKey.verifies(signature, of: content + [0], digest: digest))
        if key.kind == .rsa { #expect(try key.signature(of: content, digest: digest) == signature) }
    }

    @Test(arguments: sm2Answers)
    func sm2AnswersVerify(_ vector: Vector) throws {
        let key = try vector.privateKey(base64: try vector.text("privateKeyPkcs8Base64"))
        let content = bytes(try vector.text("signedContentHex"))
        let digest = try Digest.sm3.digest(of: content)
        #expect(hex(digest) == (try vector.text("sm3Hex")))
        let userID = bytes(try vector.text("userIdHex"))
        let signature = bytes(try vector.text("signatureHex"))
        let publicKey = try PublicKey(
            sm2X: bytes(try vector.text("publicKey", "xHex")),
            y: bytes(try vector.text("publicKey", "yHex"))
        )
        #expect(key.kind == .sm2)
        #expect(key.publicKey.isSame(as: publicKey))
        #expect(try publicKey.verifies(signature, of: digest, digest: .sm3, signerID: userID))
        #expect(try !publicKey.verifies(signature, of: digest, digest: .sm3))
        #expect(try !publicKey.verifies(signature, of: digest, digest: .sm3, signerID: userID + [0]))
    }

    @Test(arguments: exchanges)
    func sessionKeysDecrypt(_ vector: Vector) throws {
        let key = try vector.privateKey("privateKey")
        let plaintext = bytes(try vector.text("plainHex"))
        #expect(try key.decrypt(bytes(try vector.text("hex"))) == plaintext)
        #expect(try key.decrypt(key.publicKey.encrypt(plaintext)) == plaintext)
    }

    /// `RSA_PRIV_KEY` has no public exponent; all that the fuller form says follows from what it does say.
    @Test func rsaKeysOfTwoNumbersAreWhole() throws {
        var seen: Set<String> = []
        for vector in Self.exchanges where seen.insert(try vector.text("privateKey", "nHex")).inserted {
            let modulus = bytes(try vector.text("privateKey", "nHex"))
            let privateExponent = bytes(try vector.text("privateKey", "dHex"))
            let key = try PrivateKey(rsaModulus: [0] + modulus, privateExponent: privateExponent)
            let parts = try #require(key.rsaParts)
            let wanted = try #require(try vector.privateKey("privateKey").rsaParts)
            // Which factor comes first cannot be known; the larger one does here.
            #expect(Set([parts.p, parts.q]) == Set([wanted.p, wanted.q]))
            if parts.p == wanted.p { #expect(parts == wanted) }
            #expect(parts.publicExponent == [1, 0, 1])
        }
        #expect(seen.count > 1)
    }

    @Test(arguments: keyFiles)
    func publicKeysAreTheirX509Form(_ vector: Vector) throws {
        let armour = "-----BEGIN PUBLIC KEY-----\n\(try vector.text("spkiBase64"))\n-----END PUBLIC KEY-----\n"
        let read = try PublicKey(pem: Array(armour.utf8))
        let made: PublicKey
        if try vector.text("algorithm") == "RSA" {
            made = try PublicKey(
                rsaModulus: bytes(try vector.text("modulusHex")),
                publicExponent: bytes(try vector.text("publicExponentHex"))
            )
        } else {
            made = try PublicKey(
                dsaP: bytes(try vector.text("pHex")),
                q: bytes(try vector.text("qHex")),
                g: bytes(try vector.text("gHex")),
                y: bytes(try vector.text("yHex"))
            )
        }
        #expect(made.isSame(as: read))
        let pem = String(decoding: try made.pem(), as: UTF8.self).filter { !$0.isNewline }
        #expect(pem.contains(try vector.text("spkiBase64")))
    }
}
