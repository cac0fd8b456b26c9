internal import COpenSSL

extension PrivateKey {
    /// A DSA key of unsigned big-endian numbers, in the order of `DSA_PRIV_KEY` (data-model.md §6.2).
    ///
    /// Throws `.malformed` when x is not within 1..<q; otherwise as `PublicKey.init(dsaP:q:g:y:)`.
    public convenience init(
        dsaX x: [UInt8],
        p: [UInt8],
        q: [UInt8],
        g: [UInt8]
    ) throws(KeyError) {
        try PublicKey.checkDSA(p, q, g)
        let y = try KeyError.wrapping { () throws(OpenSSLError) in try Self.publicNumber(x, p, q, g) }
        guard let y else { throw .malformed }
        var parts = KeyParts()
        parts.dsaDomain(p: p, q: q, g: g)
        parts.number(OSSL_PKEY_PARAM_PUB_KEY, y)
        parts.number(OSSL_PKEY_PARAM_PRIV_KEY, x)
        try self.init(try parts.makeKey(KeyKind.dsa.algorithmName, selecting: .keyPair), kind: .dsa)
    }

    /// x of a DSA key; nil for other kinds. The rest is `publicKey.dsaParts`.
    public var dsaX: [UInt8]? {
        kind == .dsa ? handle.number(OSSL_PKEY_PARAM_PRIV_KEY) : nil
    }

    /// g to the power x modulo p; nil when x is out of range.
    private static func publicNumber(
        _ x: [UInt8],
        _ p: [UInt8],
        _ q: [UInt8],
        _ g: [UInt8]
    ) throws(OpenSSLError) -> [UInt8]? {
        let x = try BigNumber(x)
        guard !x.isZero, x < (try BigNumber(q)) else { return nil }
        return try BigNumberWorkspace().power(BigNumber(g), x, modulo: BigNumber(p)).bytes
    }
}
