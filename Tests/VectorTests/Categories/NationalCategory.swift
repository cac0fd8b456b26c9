import Authentication
import Cryptography
import ResolutionProtocol
import VectorFiles

/// What clients of the national identifier system add.
struct NationalCategory: VectorCategory {
    let name = "idis-extensions"
    let kinds: Set<String> = ["login", "resolve", "sm2-public-key", "sm2-answer"]

    func differences(in vector: Vector) throws -> [String] {
        switch vector.kind {
        case "login", "resolve":
            try messageDifferences(in: vector) { try MessageBody(requestKind: vector.kind, fields: $0) }
        case "sm2-public-key":
            try differences(
                in: vector,
                decode: { try PublicKey.registered($0).nationalFields },
                encode: { try PublicKey(subjectPublicKeyInfo: try $0.base64("spkiBase64")).registeredForm() }
            )
        default: try answerDifferences(in: vector)
        }
    }

    /// The words in which the vectors say how an answer is made.
    private static let algorithm =
        "SM3, then SM2 (DER signature) over the 32-byte SM3 value with the key handle as user id"
    private static let version = ProtocolVersion(2, 10)

    private func answerDifferences(in vector: Vector) throws -> [String] {
        let fields = vector.fields
        let request = try fields.octets("requestHeaderAndBodyHex")
        let user = try LoginRequest(wire: Array(request.dropFirst(Header.byteCount))).user
        let challenge = Challenge(
            nonce: try fields.octets("nonceHex"),
            requestDigest: try RequestDigest(of: request, version: Self.version)
        )
        let content = challenge.nonce + challenge.requestDigest.bytes
        let proof = try PublicKeyProof(wire: try JSONValue.object(vector.members).octets("hex"))
        let privateKey = try PrivateKey(pkcs8: try fields.base64("privateKeyPkcs8Base64"))
        let key = privateKey.publicKey
        let found = challenge.requestDigest.members.merging([
            "authType": .string("HS_PUBKEY"), "keyHandle": .text(user.identifier), "keyIndex": .number(user.index),
            "algorithm": .string(Self.algorithm), "requestHeaderAndBodyHex": .octets(request),
            "nonceHex": .octets(challenge.nonce), "signedContentHex": .octets(content),
            "sm3Hex": .octets(try Digest.sm3.digest(of: content)), "userIdHex": .octets(user.identifier),
            "hashName": .text(proof.digestName), "signatureHex": .octets(proof.signature),
            "publicKey": try key.nationalFields,
            "privateKeyPkcs8Base64": .string(try fields.string("privateKeyPkcs8Base64")),
        ]) { $1 }
        var differences = FieldDifferences.between(fields, .object(found))
        let ours = try PublicKeyProof(
            answering: challenge,
            version: Self.version,
            user: user.identifier,
            key: privateKey
        )
        for (text, proof) in [("the answer", proof), ("our answer", ours)]
        where try !proof.proves(key, user: user.identifier, answering: challenge) {
            differences.append("\(text) proves nothing")
        }
        return differences
    }
}
