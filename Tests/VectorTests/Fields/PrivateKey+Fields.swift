import Cryptography
import Foundation
import ResolutionProtocol
import VectorFiles

extension PrivateKey {
    /// A key out of its PKCS#8 form; the numbers beside it are checked through `fields`.
    convenience init(fields: JSONValue) throws {
        try self.init(pkcs8: try fields.base64("pkcs8Base64"))
    }

    /// The fields of an RSA or DSA key; another has none.
    var fields: JSONValue {
        get throws {
            var members: [String: JSONValue] = ["pkcs8Base64": .base64(try pkcs8())]
            if let parts = rsaParts {
                members["algorithm"] = .string("RSA")
                members["nHex"] = .bigNumber(parts.modulus)
                members["eHex"] = .bigNumber(parts.publicExponent)
                members["dHex"] = .bigNumber(parts.privateExponent)
                members["pHex"] = .bigNumber(parts.p)
                members["qHex"] = .bigNumber(parts.q)
            } else if let x = dsaX, let (p, q, g, _) = publicKey.dsaParts {
                members["algorithm"] = .string("DSA")
                for (name, number) in [("xHex", x), ("pHex", p), ("qHex", q), ("gHex", g)] {
                    members[name] = .bigNumber(number)
                }
            }
            return .object(members)
        }
    }
}

extension PublicKey {
    /// The fields of an SM2 key.
    var nationalFields: JSONValue {
        get throws {
            let info = try subjectPublicKeyInfo()
            // The point is the last field: 04, then both coordinates.
            let point = Array(info.suffix(64))
            return .object([
                "curve": .string(kind == .sm2 ? "sm2p256v1" : "\(kind)"), "spkiBase64": .base64(info),
                "xHex": .bigNumber(Array(point.prefix(32))), "yHex": .bigNumber(Array(point.suffix(32))),
            ])
        }
    }
}

extension JSONValue {
    /// Bytes of a member in base64.
    func base64(_ name: String) throws -> [UInt8] {
        guard let data = Data(base64Encoded: try string(name)) else { throw FieldError("\(name) is no base64") }
        return [UInt8](data)
    }

    static func base64(_ bytes: [UInt8]) -> JSONValue { .string(Data(bytes).base64EncodedString()) }

    /// The members of two objects in one.
    func merging(_ members: [String: JSONValue]) -> JSONValue {
        guard case .object(let own) = self else { return .object(members) }
        return .object(own.merging(members) { $1 })
    }

    /// A version as `2.11`.
    func version(_ name: String) throws -> ProtocolVersion {
        let numbers = try string(name).split(separator: ".", omittingEmptySubsequences: false).map { UInt8($0) }
        guard numbers.count == 2, let major = numbers[0], let minor = numbers[1] else {
            throw FieldError("\(name) is no version")
        }
        return ProtocolVersion(major, minor)
    }
}
