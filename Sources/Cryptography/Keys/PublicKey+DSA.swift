internal import COpenSSL

extension PublicKey {
    /// Larger moduli are refused: each verification would take milliseconds.
    public static let dsaModulusBitCountMax = 4_096
    /// Sizes of q that FIPS 186-4 §4.2 knows, in bits.
    static let dsaOrderBitCounts = [160, 224, 256]

    /// A DSA key of unsigned big-endian numbers; leading zeros do not count.
    ///
    /// Throws `.malformed` when p or q is even, or g or y is not within 2...p-1; `.unsupported` when p is over the
    /// bound above or q of no size that the standard knows.
    public convenience init(
        dsaP p: [UInt8],
        q: [UInt8],
        g: [UInt8],
        y: [UInt8]
    ) throws(KeyError) {
        try Self.checkDSA(p, q, g)
        try Self.checkDSAElement(y, below: p)
        var parts = KeyParts()
        parts.dsaDomain(p: p, q: q, g: g)
        parts.number(OSSL_PKEY_PARAM_PUB_KEY, y)
        self.init(try parts.makeKey(KeyKind.dsa.algorithmName, selecting: .publicKey), kind: .dsa)
    }

    /// The numbers of a DSA key, without leading zeros; nil for other kinds.
    public var dsaParts: (p: [UInt8], q: [UInt8], g: [UInt8], y: [UInt8])? {
        guard kind == .dsa, let p = handle.number(OSSL_PKEY_PARAM_FFC_P), let q = handle.number(OSSL_PKEY_PARAM_FFC_Q),
            let g = handle.number(OSSL_PKEY_PARAM_FFC_G), let y = handle.number(OSSL_PKEY_PARAM_PUB_KEY)
        else { return nil }
        return (p, q, g, y)
    }

    static func checkDSA(_ p: [UInt8], _ q: [UInt8], _ g: [UInt8]) throws(KeyError) {
        guard p.unsignedBitCount <= dsaModulusBitCountMax else {
            throw .unsupported("a DSA modulus of \(p.unsignedBitCount) bits")
        }
        guard dsaOrderBitCounts.contains(q.unsignedBitCount) else {
            throw .unsupported("a DSA order of \(q.unsignedBitCount) bits")
        }
        guard p.unsignedBitCount > q.unsignedBitCount, p.isOddNumber, q.isOddNumber else { throw .malformed }
        try checkDSAElement(g, below: p)
    }

    private static func checkDSAElement(_ element: [UInt8], below p: [UInt8]) throws(KeyError) {
        let number = try KeyError.wrapping { () throws(OpenSSLError) in try BigNumber(element) }
        let bound = try KeyError.wrapping { () throws(OpenSSLError) in try BigNumber(p) }
        guard number.bitCount > 1, number < bound else { throw .malformed }
    }
}

extension KeyParts {
    mutating func dsaDomain(p: [UInt8], q: [UInt8], g: [UInt8]) {
        number(OSSL_PKEY_PARAM_FFC_P, p)
        number(OSSL_PKEY_PARAM_FFC_Q, q)
        number(OSSL_PKEY_PARAM_FFC_G, g)
    }
}
