import Authentication
import Cryptography
import ResolutionProtocol
import VectorFiles

/// Answers to challenges: `hex` is what the client answers with.
struct ChallengeCategory: VectorCategory {
    let name = "challenge"
    let kinds: Set<String> = ["HS_PUBKEY-RSA", "HS_PUBKEY-DSA", "HS_SECKEY"]

    func differences(in vector: Vector) throws -> [String] {
        let exchange = try ChallengeExchange(vector)
        let isPublic = vector.kind != "HS_SECKEY"
        let proof = isPublic ? try publicProof(in: vector, exchange) : try secretProof(in: vector, exchange)
        let found = JSONValue.object(exchange.members.merging(proof.members) { $1 })
        return FieldDifferences.between(vector.fields, found) + exchange.differences + proof.differences
    }

    private typealias Proof = (members: [String: JSONValue], differences: [String])

    private func publicProof(in vector: Vector, _ exchange: ChallengeExchange) throws -> Proof {
        let proof = try PublicKeyProof(wire: exchange.answer)
        let key = try PrivateKey(fields: try vector.fields.object("privateKey"))
        let registered = try PublicKey.registered(try vector.fields.octets("publicKeyHex"))
        var differences: [String] = []
        func judge(_ proof: PublicKeyProof, _ text: String) throws {
            let isRight = try proof.proves(
                registered,
                user: exchange.user.identifier,
                answering: exchange.challenge,
                policy: .legacy
            )
            if !isRight { differences.append("\(text) proves nothing") }
        }
        try judge(proof, "the answer")
        let made = try PublicKeyProof(
            answering: exchange.challenge,
            version: exchange.version,
            user: exchange.user.identifier,
            key: key
        )
        try judge(made, "our answer")
        if made.digestName != proof.digestName { differences.append("our answer has another digest") }
        if vector.isDeterministic, made != proof { differences.append("our answer is another") }
        let digest = String(decoding: proof.digestName, as: UTF8.self)
        let kind = vector.kind == "HS_PUBKEY-RSA" ? "RSA" : "DSA"
        let members: [String: JSONValue] = [
            "privateKey": try key.fields, "publicKeyHex": .octets(try key.publicKey.registeredForm()),
            "hashName": .string(digest), "signatureHex": .octets(proof.signature),
            "algorithm": .string(digest.filter { $0 != "-" } + "with" + kind),
        ]
        return (members, differences)
    }

    private func secretProof(in vector: Vector, _ exchange: ChallengeExchange) throws -> Proof {
        let password = try vector.fields.text("secret")
        let isHashed = try vector.fields.bool("secretHashed")
        let secret = isHashed ? try SecretKeyProof.hashedSecret(of: password) : password
        let proof = try SecretKeyProof(wire: exchange.answer)
        var members: [String: JSONValue] = [
            "secret": .text(password), "secretHashed": .bool(isHashed), "effectiveSecretHex": .octets(secret),
        ]
        var salt: [UInt8]?
        switch proof {
        case .keyedDigest(let digest, _, _): members["algorithm"] = .string(digest == .md5 ? "MD5" : "SHA1")
        case .hmac(let digest, _): members["algorithm"] = .string("HMAC of \(digest)")
        case .derived(let derived):
            salt = derived.salt
            members["algorithm"] = .string("PBKDF2-HMAC-SHA1")
            members["saltHex"] = .octets(derived.salt)
            members["iterations"] = .number(derived.iterationCount)
            members["keyLengthBits"] = .number(derived.keyBitCount)
            members["macHex"] = .octets(derived.code)
        }
        var differences: [String] = []
        if try !proof.proves(secret, answering: exchange.challenge, policy: .legacy) {
            differences.append("the answer proves nothing")
        }
        let made = try SecretKeyProof(
            answering: exchange.challenge,
            version: exchange.version,
            secret: secret,
            salt: salt
        )
        if made != proof { differences.append("our answer is another") }
        return (members, differences)
    }
}
