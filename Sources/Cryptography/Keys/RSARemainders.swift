internal import COpenSSL

/// What makes RSA fast for the owner of the factors (RFC 8017 §3.2).
struct RSARemainders {
    /// d mod (p - 1).
    let exponentModP: [UInt8]
    /// d mod (q - 1).
    let exponentModQ: [UInt8]
    /// q⁻¹ mod p.
    let inverseOfQ: [UInt8]

    /// Throws `.malformed` when p times q is not the modulus, a factor is no odd number above 1, or q has no inverse.
    init(
        modulus: [UInt8],
        privateExponent: [UInt8],
        p: [UInt8],
        q: [UInt8]
    ) throws(KeyError) {
        let bound = PublicKey.rsaModulusBitCountMax
        guard p.unsignedBitCount > 1, p.unsignedBitCount <= bound, p.isOddNumber, q.unsignedBitCount > 1,
            q.unsignedBitCount <= bound, q.isOddNumber, (1...bound).contains(privateExponent.unsignedBitCount)
        else { throw .malformed }
        let remainders = try KeyError.wrapping { () throws(OpenSSLError) in
            try Self.remainders(modulus, privateExponent, p, q)
        }
        guard let remainders else { throw .malformed }
        self = remainders
    }

    private init(exponentModP: [UInt8], exponentModQ: [UInt8], inverseOfQ: [UInt8]) {
        self.exponentModP = exponentModP
        self.exponentModQ = exponentModQ
        self.inverseOfQ = inverseOfQ
    }

    private static func remainders(
        _ modulus: [UInt8],
        _ privateExponent: [UInt8],
        _ p: [UInt8],
        _ q: [UInt8]
    ) throws(OpenSSLError) -> RSARemainders? {
        let workspace = try BigNumberWorkspace()
        let p = try BigNumber(p)
        let q = try BigNumber(q)
        let d = try BigNumber(privateExponent)
        guard try workspace.product(p, q) == BigNumber(modulus) else { return nil }
        guard let inverse = try workspace.inverse(of: q, modulo: p) else { return nil }
        let exponentModP = try workspace.remainder(of: d, by: workspace.less(p, 1))
        let exponentModQ = try workspace.remainder(of: d, by: workspace.less(q, 1))
        return RSARemainders(
            exponentModP: exponentModP.bytes,
            exponentModQ: exponentModQ.bytes,
            inverseOfQ: inverse.bytes
        )
    }
}
