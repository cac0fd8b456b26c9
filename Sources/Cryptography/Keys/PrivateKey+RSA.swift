internal import COpenSSL

extension PrivateKey {
    /// Smaller moduli have no room for a signature with SHA-256 (RFC 8017 §9.2).
    static let rsaModulusBitCountMin = 512
    /// Public exponents that are tried where a key does not say its own.
    private static let rsaExponents: [UInt] = [65_537, 3, 17, 5, 7, 257]

    /// An RSA key of unsigned big-endian numbers; what else the library wants is computed from them.
    ///
    /// Throws `.malformed` when p times q is not the modulus or the exponents do not belong together; otherwise as
    /// `PublicKey.init(rsaModulus:publicExponent:)`, and `.weak` below 512 bits.
    public convenience init(
        rsaModulus modulus: [UInt8],
        publicExponent: [UInt8],
        privateExponent: [UInt8],
        p: [UInt8],
        q: [UInt8]
    ) throws(KeyError) {
        try PublicKey.checkRSA(modulus, publicExponent)
        guard modulus.unsignedBitCount >= Self.rsaModulusBitCountMin else {
            throw .weak(bitCount: modulus.unsignedBitCount)
        }
        let remainders = try RSARemainders(modulus: modulus, privateExponent: privateExponent, p: p, q: q)
        var parts = KeyParts()
        parts.number(OSSL_PKEY_PARAM_RSA_N, modulus)
        parts.number(OSSL_PKEY_PARAM_RSA_E, publicExponent)
        parts.number(OSSL_PKEY_PARAM_RSA_D, privateExponent)
        parts.number(RSAPartName.p, p)
        parts.number(RSAPartName.q, q)
        parts.number(RSAPartName.exponentModP, remainders.exponentModP)
        parts.number(RSAPartName.exponentModQ, remainders.exponentModQ)
        parts.number(RSAPartName.inverseOfQ, remainders.inverseOfQ)
        try self.init(try parts.makeKey(KeyKind.rsa.algorithmName, selecting: .keyPair), kind: .rsa)
    }

    /// An RSA key of its modulus and private exponent alone, as `RSA_PRIV_KEY` has it (data-model.md §6.2); the factors
    /// are recovered with each usual public exponent.
    ///
    /// Throws `.unsupported` when none of these belongs to the private exponent.
    public convenience init(rsaModulus modulus: [UInt8], privateExponent: [UInt8]) throws(KeyError) {
        for exponent in Self.rsaExponents {
            let publicExponent = withUnsafeBytes(of: exponent.bigEndian) { Array($0) }
            try PublicKey.checkRSA(modulus, publicExponent)
            guard privateExponent.unsignedBitCount <= modulus.unsignedBitCount else { throw .malformed }
            let factors = try KeyError.wrapping { () throws(OpenSSLError) in
                try RSAFactors(modulus: modulus, publicExponent: publicExponent, privateExponent: privateExponent)
            }
            guard let factors else { continue }
            try self.init(
                rsaModulus: modulus,
                publicExponent: publicExponent,
                privateExponent: privateExponent,
                p: factors.p,
                q: factors.q
            )
            return
        }
        throw .unsupported("an RSA key without its public exponent, which is none of the usual ones,")
    }

    /// The numbers of an RSA key; nil for other kinds.
    public var rsaParts: RSAPrivateParts? {
        guard kind == .rsa, let modulus = handle.number(OSSL_PKEY_PARAM_RSA_N),
            let publicExponent = handle.number(OSSL_PKEY_PARAM_RSA_E),
            let privateExponent = handle.number(OSSL_PKEY_PARAM_RSA_D),
            let p = handle.number(RSAPartName.p), let q = handle.number(RSAPartName.q),
            let exponentModP = handle.number(RSAPartName.exponentModP),
            let exponentModQ = handle.number(RSAPartName.exponentModQ),
            let inverseOfQ = handle.number(RSAPartName.inverseOfQ)
        else { return nil }
        return RSAPrivateParts(
            modulus: modulus,
            publicExponent: publicExponent,
            privateExponent: privateExponent,
            p: p,
            q: q,
            exponentModP: exponentModP,
            exponentModQ: exponentModQ,
            inverseOfQ: inverseOfQ
        )
    }
}
