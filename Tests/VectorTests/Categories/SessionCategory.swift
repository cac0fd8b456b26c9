import Authentication
import Cryptography
import ResolutionProtocol
import VectorFiles

/// Keys of sessions, and messages encrypted with them.
struct SessionCategory: VectorCategory {
    let name = "session"
    let kinds: Set<String> = ["encrypted-message", "session-key-exchange", "diffie-hellman"]

    func differences(in vector: Vector) throws -> [String] {
        let bytes = try JSONValue.object(vector.members).octets("hex")
        return switch vector.kind {
        case "encrypted-message": try messageDifferences(in: vector, bytes)
        case "session-key-exchange": try exchangeDifferences(in: vector, bytes)
        default: try differences(in: vector, decode: { try agreement(vector.fields, key: $0) }, encode: Self.agreed)
        }
    }

    // MARK: encrypted messages

    private func messageDifferences(in vector: Vector, _ bytes: [UInt8]) throws -> [String] {
        let fields = vector.fields
        let version = try fields.version("version")
        let cipher = try Self.cipher(fields)
        let octets = try fields.octets("sessionKeyHex")
        guard let key = SessionKey(cipher: cipher, bytes: octets) else { throw FieldError("sessionKeyHex is no key") }
        let plaintext = try key.decrypt(bytes, version: version)
        let isChained = version >= ProtocolVersion(2, 4)
        let ivLength = isChained ? (cipher == .aes ? 16 : 8) : 0
        let found: [String: JSONValue] = [
            "algorithm": .string(Self.name(of: cipher)), "algorithmCode": .number(cipher.rawValue),
            "version": .string("\(version)"), "mode": .string(isChained ? "CBC/PKCS5" : "ECB/PKCS5"),
            "sessionKeyHex": .octets(octets), "ivLength": .number(ivLength), "plainHex": .octets(plaintext),
        ]
        var differences = FieldDifferences.between(fields, .object(found)) + Self.parityDifferences(cipher, octets)
        let again = try key.encrypt(plaintext, version: version, iv: Array(bytes.prefix(ivLength)))
        if again != bytes { differences.append("the plaintext gives other bytes with the same vector") }
        return differences
    }

    // MARK: exchange under RSA

    private func exchangeDifferences(in vector: Vector, _ bytes: [UInt8]) throws -> [String] {
        let privateKey = try PrivateKey(fields: try vector.fields.object("privateKey"))
        let octets = try privateKey.decrypt(bytes)
        let key = try SessionKey(encrypted: bytes, for: privateKey)
        let found: [String: JSONValue] = [
            "algorithmCode": .number(key.cipher.rawValue), "plainHex": .octets(octets),
            "privateKey": try privateKey.fields,
        ]
        var differences = FieldDifferences.between(vector.fields, .object(found))
        let hasCipher = octets.count > key.bytes.count
        if key.exchanged(hasCipher: hasCipher) != octets { differences.append("the key is handed over otherwise") }
        let ours = try key.encrypted(for: privateKey.publicKey, hasCipher: hasCipher)
        if try SessionKey(encrypted: ours, for: privateKey) != key {
            differences.append("our exchange gives another key")
        }
        return differences + Self.parityDifferences(key.cipher, key.bytes)
    }

    // MARK: Diffie-Hellman

    /// The fields as both sides see them who have agreed on `key`.
    private func agreement(_ fields: JSONValue, key: [UInt8]) throws -> JSONValue {
        let (p, g) = (try fields.bigNumber("pHex"), try fields.bigNumber("gHex"))
        var members: [String: JSONValue] = ["pHex": .bigNumber(p), "gHex": .bigNumber(g)]
        for (own, other) in [("client", "server"), ("server", "client")] {
            let half = try Self.half(fields, own)
            let record = PublicKeyRecord.diffieHellman(y: half.publicValue, p: p, g: g)
            let found = try Self.agreed(fields, own, other)
            members["\(own)PrivateHex"] = .bigNumber(try fields.bigNumber("\(own)PrivateHex"))
            members["\(own)PublicKeyHex"] = .octets(record.wire)
            guard found.cipher.rawValue.wire + found.bytes == key else { throw FieldError("\(own) has another key") }
            members["algorithmCode"] = .number(found.cipher.rawValue)
        }
        return .object(members)
    }

    private static func agreed(_ fields: JSONValue) throws -> [UInt8] {
        let key = try agreed(fields, "client", "server")
        return key.cipher.rawValue.wire + key.bytes
    }

    /// The key as `own` side gets it, from its private number and the other's public key.
    private static func agreed(_ fields: JSONValue, _ own: String, _ other: String) throws -> SessionKey {
        let record = try PublicKeyRecord(wire: try fields.octets("\(other)PublicKeyHex"))
        guard case .diffieHellman(let y, _, _) = record else { throw FieldError("\(other) has no such key") }
        let secret = try half(fields, own).sharedSecret(with: y)
        guard let key = SessionKey(cipher: try cipher(fields), diffieHellmanSecret: secret) else {
            throw FieldError("the secret gives no key")
        }
        return key
    }

    /// The vectors' groups have 1,024 bits: too few for a server that follows its own default.
    private static func half(_ fields: JSONValue, _ own: String) throws -> DiffieHellman {
        try DiffieHellman(
            p: try fields.bigNumber("pHex"),
            g: try fields.bigNumber("gHex"),
            privateValue: try fields.bigNumber("\(own)PrivateHex"),
            minimumBitCount: 1_024
        )
    }

    // MARK: ciphers

    private static func cipher(_ fields: JSONValue) throws -> SessionCipher {
        guard let cipher = SessionCipher(rawValue: try fields.number("algorithmCode")) else {
            throw FieldError("algorithmCode is not known")
        }
        return cipher
    }

    private static func name(of cipher: SessionCipher) -> String {
        switch cipher {
        case .des: "DES"
        case .tripleDES: "DESede"
        case .aes: "AES"
        case .sm4: "SM4"
        }
    }

    /// The parity of DES keys has no part in encryption, so it is looked at by itself.
    private static func parityDifferences(_ cipher: SessionCipher, _ key: [UInt8]) -> [String] {
        guard cipher == .des || cipher == .tripleDES else { return [] }
        return key.allSatisfy { !$0.nonzeroBitCount.isMultiple(of: 2) } ? [] : ["the key has no odd parity"]
    }
}
