extension PublicKey {
    /// Longer ones are refused before they are read: no key within the bounds needs as much.
    public static let subjectPublicKeyInfoByteCountMax = 4_096

    /// A key as X.509 has it (RFC 5280 §4.1): RSA, DSA, EC on P-256, P-384 or P-521, Ed25519, or SM2, which comes as an
    /// EC key on the SM2 curve or under the algorithm of that name.
    ///
    /// Throws `.malformed` when `der` is not that or anything follows, `.unsupported` for other algorithms and curves,
    /// also where the curve is written out instead of named.
    public convenience init(subjectPublicKeyInfo der: [UInt8]) throws(KeyError) {
        guard der.count <= Self.subjectPublicKeyInfoByteCountMax else {
            throw .unsupported("a public key of \(der.count) bytes")
        }
        var reader = DERReader(der)
        var info = try reader.sequence()
        try reader.end()
        let algorithm = try KeyAlgorithm(from: &info)
        let key = try info.bitString()
        try info.end()
        switch algorithm {
        case .rsa: try self.init(rsaPublicKey: key)
        case .dsa(let p, let q, let g):
            var number = DERReader(key)
            let y = try number.unsignedInteger()
            try number.end()
            try self.init(dsaP: p, q: q, g: g, y: y)
        case .curve(let curve): try self.init(point: key, on: curve)
        case .ed25519: try self.init(ed25519: key)
        }
    }

    /// An RSA key as PKCS#1 has it (RFC 8017 appendix A.1.1).
    convenience init(rsaPublicKey der: [UInt8]) throws(KeyError) {
        var reader = DERReader(der)
        var numbers = try reader.sequence()
        try reader.end()
        let modulus = try numbers.unsignedInteger()
        let exponent = try numbers.unsignedInteger()
        try numbers.end()
        try self.init(rsaModulus: modulus, publicExponent: exponent)
    }
}
