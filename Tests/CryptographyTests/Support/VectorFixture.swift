import Cryptography
import Testing
import VectorFiles

/// The vectors of one kind in one of the vector files, made by other software.
func vectors(_ kind: String, in file: String) -> [Vector] {
    let files = (try? VectorFolder.files(in: VectorFolder.copiesPath)) ?? []
    return files.compactMap { try? $0.get() }.filter { $0.name == file }
        .flatMap { $0.vectors.compactMap { try? $0.get() } }.filter { $0.kind == kind }
}

/// A fixture that the vector files do not have.
struct MissingFixture: Error {
    let text: String
}

extension Vector {
    /// The text at a path of members, which begins in `fields` or in the vector itself.
    func text(_ path: String...) throws -> String {
        for start in [fields, JSONValue.object(members)] {
            if case .string(let text) = path.reduce(start, { $0[$1] ?? .null }) { return text }
        }
        throw MissingFixture(text: "no text \(path) in \(name)")
    }

    /// The private key in the member `name`, which is PKCS#8 in base64.
    func privateKey(_ path: String) throws -> PrivateKey {
        try privateKey(base64: try text(path, "pkcs8Base64"))
    }

    func privateKey(base64: String) throws -> PrivateKey {
        let armour = ("-----BEGIN PRIVATE KEY-----\n" + base64 + "\n-----END PRIVATE KEY-----\n")
        return try PrivateKey(pem: Array(armour.utf8))
    }
}
