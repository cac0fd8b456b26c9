import ResolutionProtocol
import VectorFiles

extension PublicKeyRecord {
    /// The trailer of an RSA key is no field: whoever made the vectors writes it always.
    init(fields: JSONValue) throws {
        switch try fields.string("algorithm") {
        case "RSA":
            self = .rsa(
                exponent: try fields.bigNumber("publicExponentHex"),
                modulus: try fields.bigNumber("modulusHex"),
                hasTrailer: true
            )
        case "DSA":
            self = .dsa(
                q: try fields.bigNumber("qHex"),
                p: try fields.bigNumber("pHex"),
                g: try fields.bigNumber("gHex"),
                y: try fields.bigNumber("yHex")
            )
        case "DH":
            self = .diffieHellman(
                y: try fields.bigNumber("yHex"),
                p: try fields.bigNumber("pHex"),
                g: try fields.bigNumber("gHex")
            )
        case let other:
            throw FieldError("algorithm \(other) is not known")
        }
    }

    var fields: JSONValue {
        var members: [String: JSONValue] = [:]
        switch self {
        case .rsa(let exponent, let modulus, _):
            members["algorithm"] = .string("RSA")
            members["publicExponentHex"] = .bigNumber(exponent)
            members["modulusHex"] = .bigNumber(modulus)
            members["bits"] = .number(Self.bitCount(modulus))
        case .dsa(let q, let p, let g, let y):
            members["algorithm"] = .string("DSA")
            for (name, number) in [("qHex", q), ("pHex", p), ("gHex", g), ("yHex", y)] {
                members[name] = .bigNumber(number)
            }
            members["bits"] = .number(Self.bitCount(p))
        case .diffieHellman(let y, let p, let g):
            members["algorithm"] = .string("DH")
            for (name, number) in [("yHex", y), ("pHex", p), ("gHex", g)] { members[name] = .bigNumber(number) }
            members["bits"] = .number(Self.bitCount(p))
        case .sm2(let field), .sm9(let field), .other(_, let field):
            members["algorithm"] = .text(algorithm)
            members["fieldHex"] = .octets(field)
        }
        members["spkiBase64"] = SubjectPublicKeyInfo.base64(of: self).map(JSONValue.string)
        return .object(members)
    }

    private static func bitCount(_ number: [UInt8]) -> Int {
        number.first.map { number.count * 8 - $0.leadingZeroBitCount } ?? 0
    }
}
