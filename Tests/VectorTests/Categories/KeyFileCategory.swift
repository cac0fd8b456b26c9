import Authentication
import Cryptography
import ResolutionProtocol
import VectorFiles

/// Public and private key files, and the bytes of private keys.
struct KeyFileCategory: VectorCategory {
    let name = "keyfiles"
    let kinds: Set<String> = [
        "public-key-file", "private-key-bytes", "private-key-file", "private-key-file-encrypted",
    ]

    func differences(in vector: Vector) throws -> [String] {
        switch vector.kind {
        case "public-key-file":
            try differences(in: vector, decode: Self.publicKeyFields) { fields in
                try PublicKey(subjectPublicKeyInfo: try fields.base64("spkiBase64")).registeredForm()
            }
        case "private-key-bytes":
            try differences(in: vector, decode: { try PrivateKeyRecord(wire: $0).privateKey().fields }) { fields in
                try Self.keyBytes(of: try PrivateKey(fields: fields))
            }
        case "private-key-file":
            try differences(in: vector, decode: { try Self.fields(ofFile: $0, passphrase: nil) }) { fields in
                try PrivateKeyFile(try PrivateKey(fields: fields)).wire
            }
        default: try encryptedDifferences(in: vector)
        }
    }

    /// The file is opened, and, where its type is one that we write, written again with its salt and vector.
    private func encryptedDifferences(in vector: Vector) throws -> [String] {
        let bytes = try JSONValue.object(vector.members).octets("hex")
        let passphrase = try vector.fields.text("passphrase")
        let found = try Self.fields(ofFile: bytes, passphrase: passphrase).merging([
            "passphrase": .text(passphrase),
            "plainHex": .octets(try Self.keyBytes(of: try PrivateKeyFile.open(bytes, passphrase: passphrase))),
        ])
        var differences = FieldDifferences.between(vector.fields, found)
        if (try? PrivateKeyFile.open(bytes, passphrase: nil)) != nil {
            differences.append("the file opens without its passphrase")
        }
        if case .aes(let encryption) = try PrivateKeyFile(wire: bytes) {
            let again = try PrivateKeyFile(
                try PrivateKey(fields: vector.fields),
                passphrase: passphrase,
                salt: encryption.salt,
                iv: encryption.iv
            )
            if again.wire != bytes { differences.append("the key gives another file with the same salt and vector") }
        }
        return differences
    }

    private static func publicKeyFields(_ bytes: [UInt8]) throws -> JSONValue {
        let info = try PublicKey.registered(bytes).subjectPublicKeyInfo()
        return try PublicKeyRecord(wire: bytes).fields.merging(["spkiBase64": .base64(info)])
    }

    private static func fields(ofFile bytes: [UInt8], passphrase: [UInt8]?) throws -> JSONValue {
        let names = [
            "DES-ECB, key from MD5", "none", "DES-CBC, key from MD5", "DESede-CBC, PBKDF2", "AES-CBC, PBKDF2",
        ]
        let type = try PrivateKeyFile(wire: bytes).encryptionType
        return try PrivateKeyFile.open(bytes, passphrase: passphrase).fields.merging([
            "encryption": .string(names[Int(type)]), "encryptionCode": .number(type),
        ])
    }

    private static func keyBytes(of key: PrivateKey) throws -> [UInt8] {
        guard let record = PrivateKeyRecord(key) else { throw FieldError("the key has no record") }
        return record.wire
    }
}
