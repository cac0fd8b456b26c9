internal import COpenSSL

/// The factors of an RSA modulus, as its two exponents give them away (NIST SP 800-56B revision 2 appendix C.1).
struct RSAFactors {
    let p: [UInt8]
    let q: [UInt8]

    /// Each base fails with half a chance at most when the exponents belong together.
    private static let bases: [UInt] = [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71]

    /// Nil when the exponents do not belong together.
    init?(
        modulus: [UInt8],
        publicExponent: [UInt8],
        privateExponent: [UInt8]
    ) throws(OpenSSLError) {
        let workspace = try BigNumberWorkspace()
        let product = try workspace.product(try BigNumber(publicExponent), try BigNumber(privateExponent))
        guard !product.isZero, product.isOdd, !product.isOne else { return nil }
        let (odd, twoCount) = try workspace.oddFactor(of: workspace.less(product, 1))
        for base in Self.bases {
            switch try Self.attempt(base, odd, twoCount, modulus, workspace) {
            case .foundNothing: continue
            case .exponentsDiffer: return nil
            case .found(let p, let q):
                (self.p, self.q) = (p, q)
                return
            }
        }
        return nil
    }

    private enum Attempt {
        case found(p: [UInt8], q: [UInt8])
        case foundNothing
        case exponentsDiffer
    }

    /// Looks for a root of 1 that is neither 1 nor -1 among the powers of `base`.
    private static func attempt(
        _ base: UInt,
        _ odd: [UInt8],
        _ twoCount: Int,
        _ modulus: [UInt8],
        _ workspace: borrowing BigNumberWorkspace
    ) throws(OpenSSLError) -> Attempt {
        let n = try BigNumber(modulus)
        let minusOne = try workspace.less(n, 1)
        var power = try workspace.power(BigNumber(base), BigNumber(odd), modulo: n)
        if power.isOne || power == minusOne { return .foundNothing }
        for _ in 0..<twoCount {
            let square = try workspace.square(power, modulo: n)
            if square.isOne {
                let factor = try workspace.greatestCommonDivisor(try workspace.less(power, 1), n)
                return try split(n, by: factor)
            }
            if square == minusOne { return .foundNothing }
            power = square
        }
        return .exponentsDiffer
    }

    private static func split(
        _ n: borrowing BigNumber,
        by factor: borrowing BigNumber
    ) throws(OpenSSLError) -> Attempt {
        guard let context = BN_CTX_new(), let quotient = BN_new() else { throw .drain(during: "BN_CTX_new") }
        defer { BN_CTX_free(context) }
        let other = BigNumber(owning: quotient)
        guard BN_div(quotient, nil, n.pointer, factor.pointer, context) == 1 else { throw .drain(during: "BN_div") }
        // The larger one first, as most software has it.
        return factor < other
            ? .found(p: other.bytes, q: factor.bytes) : .found(p: factor.bytes, q: other.bytes)
    }
}
