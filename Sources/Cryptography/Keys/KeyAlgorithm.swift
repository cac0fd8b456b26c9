/// The algorithm of a key with its parameters, as SubjectPublicKeyInfo and PKCS#8 both begin with it.
enum KeyAlgorithm {
    case rsa
    case dsa(p: [UInt8], q: [UInt8], g: [UInt8])
    case curve(Curve)
    case ed25519

    /// Reads an AlgorithmIdentifier (RFC 5280 §4.1.1.2).
    init(from reader: inout DERReader) throws(KeyError) {
        var fields = try reader.sequence()
        let identifier = try fields.objectIdentifier()
        switch identifier {
        case .rsaEncryption:
            // RFC 3279 §2.3.1 wants NULL; some leave it out.
            if !fields.isAtEnd { try fields.null() }
            self = .rsa
        case .dsa: self = try Self.dsa(from: &fields)
        case .ecPublicKey: self = .curve(try Self.curve(from: &fields))
        case .sm2 where fields.isAtEnd: self = .curve(.sm2)
        case .sm2:
            self = .curve(try Self.curve(from: &fields))
            guard case .curve(.sm2) = self else { throw .malformed }
        case .ed25519: self = .ed25519
        default: throw .unsupported("algorithm \(identifier)")
        }
        try fields.end()
    }

    /// RFC 3279 §2.3.2: p, q, g.
    private static func dsa(from reader: inout DERReader) throws(KeyError) -> KeyAlgorithm {
        guard !reader.isAtEnd else { throw .unsupported("a DSA key that inherits its parameters") }
        var numbers = try reader.sequence()
        let p = try numbers.unsignedInteger()
        let q = try numbers.unsignedInteger()
        let g = try numbers.unsignedInteger()
        try numbers.end()
        return .dsa(p: p, q: q, g: g)
    }

    /// RFC 5480 §2.1.1: only named curves.
    static func curve(from reader: inout DERReader) throws(KeyError) -> Curve {
        guard reader.nextTag != DERTag.sequence else { throw .unsupported("a curve without a name") }
        let name = try reader.objectIdentifier()
        guard let curve = Curve(name) else { throw .unsupported("curve \(name)") }
        return curve
    }
}
