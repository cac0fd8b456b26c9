extension PrivateKey {
    /// Longer files are refused before they are read.
    public static let encodedByteCountMax = 65_536

    /// A key as PKCS#8 has it (RFC 5958), of the kinds of `PublicKey.init(subjectPublicKeyInfo:)`; not encrypted.
    ///
    /// Throws `.malformed` when `der` is not that or anything follows, `.unsupported` for other algorithms and curves.
    public convenience init(pkcs8 der: [UInt8]) throws(KeyError) {
        guard der.count <= Self.encodedByteCountMax else { throw .unsupported("a private key of \(der.count) bytes") }
        var reader = DERReader(der)
        var info = try reader.sequence()
        try reader.end()
        guard try info.unsignedInteger().unsignedBitCount <= 1 else { throw .malformed }
        let algorithm = try KeyAlgorithm(from: &info)
        let key = try info.octetString()
        // Attributes and the public key may follow; neither is needed.
        for tag in [0xA0, 0x81] as [UInt8] where info.nextTag == tag { _ = try info.element(tag) }
        try info.end()
        switch algorithm {
        case .rsa: try self.init(rsaPrivateKey: key)
        case .dsa(let p, let q, let g):
            var number = DERReader(key)
            let x = try number.unsignedInteger()
            try number.end()
            try self.init(dsaX: x, p: p, q: q, g: g)
        case .curve(let curve): try self.init(ecPrivateKey: key, on: curve)
        case .ed25519:
            var seed = DERReader(key)
            let bytes = try seed.octetString()
            try seed.end()
            try self.init(ed25519: bytes)
        }
    }

    /// An RSA key as PKCS#1 has it (RFC 8017 appendix A.1.2), of two factors.
    convenience init(rsaPrivateKey der: [UInt8]) throws(KeyError) {
        var reader = DERReader(der)
        var numbers = try reader.sequence()
        try reader.end()
        guard try numbers.unsignedInteger() == [0] else { throw .unsupported("an RSA key of more than two factors") }
        let modulus = try numbers.unsignedInteger()
        let publicExponent = try numbers.unsignedInteger()
        let privateExponent = try numbers.unsignedInteger()
        let p = try numbers.unsignedInteger()
        let q = try numbers.unsignedInteger()
        // What follows from these is computed again rather than believed.
        for _ in 0..<3 { try numbers.skipUnsignedInteger() }
        try numbers.end()
        try self.init(
            rsaModulus: modulus,
            publicExponent: publicExponent,
            privateExponent: privateExponent,
            p: p,
            q: q
        )
    }

    /// An EC key as SEC 1 §C.4 has it (RFC 5915 §3), on the curve that it names itself where `curve` is nil.
    convenience init(ecPrivateKey der: [UInt8], on curve: Curve?) throws(KeyError) {
        var reader = DERReader(der)
        var fields = try reader.sequence()
        try reader.end()
        guard try fields.unsignedInteger() == [1] else { throw .malformed }
        let scalar = try fields.octetString()
        var named = curve
        if fields.nextTag == DERTag.context | DERTag.constructed {
            var parameters = try fields.explicit(0)
            let own = try KeyAlgorithm.curve(from: &parameters)
            try parameters.end()
            guard curve == nil || curve == own else { throw .malformed }
            named = own
        }
        guard let named else { throw .unsupported("an EC key that names no curve") }
        try self.init(scalar: scalar, on: named)
        guard !fields.isAtEnd else { return }
        var point = try fields.explicit(1)
        let stated = try PublicKey(point: try point.bitString(), on: named)
        try point.end()
        try fields.end()
        guard publicKey.isSame(as: stated) else { throw .malformed }
    }
}
