extension PublicKeyRecord {
    /// The key as a JSON Web Key (RFC 7517); nil for keys that have no such form here.
    var json: JSONTree? {
        func key(_ kind: String, _ numbers: [(name: String, bytes: [UInt8])]) -> JSONTree {
            .object(
                [JSONTree.Member("kty", .string(kind))]
                    + numbers.map { JSONTree.Member($0.name, .string(Base64Text.url($0.bytes))) }
            )
        }
        return switch self {
        case .rsa(let exponent, let modulus, _): key("RSA", [("n", modulus), ("e", exponent)])
        case .dsa(let q, let p, let g, let y): key("DSA", [("y", y), ("p", p), ("q", q), ("g", g)])
        case .diffieHellman, .sm2, .sm9, .other: nil
        }
    }

    /// Reads a JSON Web Key: `RSA`, `DSA`, or the national SDK's `SM2`, whose `d` is a SubjectPublicKeyInfo.
    init(json: JSONTree) throws(JSONFormError) {
        func number(_ name: String) throws(JSONFormError) -> [UInt8] {
            guard let bytes = Base64Text.bytes(try json.text(name)) else { throw .invalid(name) }
            return bytes
        }
        func unsigned(_ name: String) throws(JSONFormError) -> [UInt8] { Array(try number(name).drop { $0 == 0 }) }
        switch try json.text("kty") {
        case Array("RSA".utf8):
            self = .rsa(exponent: try unsigned("e"), modulus: try unsigned("n"), hasTrailer: true)
        case Array("DSA".utf8):
            self = .dsa(q: try unsigned("q"), p: try unsigned("p"), g: try unsigned("g"), y: try unsigned("y"))
        case Array("SM2".utf8): self = .sm2(subjectPublicKeyInfo: try number("d"))
        default: throw .invalid("kty")
        }
    }
}
