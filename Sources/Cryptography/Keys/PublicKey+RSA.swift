internal import COpenSSL

extension PublicKey {
    /// Larger moduli are refused: each verification would take milliseconds.
    public static let rsaModulusBitCountMax = 8_192
    /// Larger public exponents are refused: they serve only to make a verification long.
    public static let rsaExponentBitCountMax = 64

    /// An RSA key of unsigned big-endian numbers; leading zeros do not count.
    ///
    /// Throws `.malformed` when a number is even or the exponent is below 3, `.unsupported` over the bounds above.
    public convenience init(rsaModulus modulus: [UInt8], publicExponent: [UInt8]) throws(KeyError) {
        try Self.checkRSA(modulus, publicExponent)
        var parts = KeyParts()
        parts.number(OSSL_PKEY_PARAM_RSA_N, modulus)
        parts.number(OSSL_PKEY_PARAM_RSA_E, publicExponent)
        self.init(try parts.makeKey(KeyKind.rsa.algorithmName, selecting: .publicKey), kind: .rsa)
    }

    /// The numbers of an RSA key, without leading zeros; nil for other kinds.
    public var rsaParts: (modulus: [UInt8], exponent: [UInt8])? {
        guard kind == .rsa, let modulus = handle.number(OSSL_PKEY_PARAM_RSA_N),
            let exponent = handle.number(OSSL_PKEY_PARAM_RSA_E)
        else { return nil }
        return (modulus, exponent)
    }

    static func checkRSA(_ modulus: [UInt8], _ exponent: [UInt8]) throws(KeyError) {
        let modulusBitCount = modulus.unsignedBitCount
        let exponentBitCount = exponent.unsignedBitCount
        guard modulusBitCount <= rsaModulusBitCountMax else {
            throw .unsupported("an RSA modulus of \(modulusBitCount) bits")
        }
        guard exponentBitCount <= rsaExponentBitCountMax else {
            throw .unsupported("an RSA exponent of \(exponentBitCount) bits")
        }
        guard modulusBitCount > 2, exponentBitCount >= 2, modulus.isOddNumber, exponent.isOddNumber else {
            throw .malformed
        }
    }
}
