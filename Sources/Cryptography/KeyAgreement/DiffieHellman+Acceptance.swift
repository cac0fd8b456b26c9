internal import COpenSSL

extension DiffieHellman {
    /// Larger primes are refused: the work grows with the third power of the size.
    public static let primeBitCountMax = 4_096
    /// Rounds of the test for primes with random bases. A number that is none passes with a chance of one in 65,536 at
    /// most, however it was chosen; only who chose it would lose by that, and each round costs all of us an
    /// exponentiation.
    private static let primeTestRoundCount = 8

    /// Whether an agreement with p and g would be worth its work: p is a prime of
    /// `minimumBitCount`...`primeBitCountMax` bits, and g within 2...p-2.
    ///
    /// Groups that a standard names (RFC 3526, RFC 7919, and RFC 2409 §6.2, which older clients send) are known by
    /// sight; another p costs eight exponentiations, some 40 ms at 2,048 bits.
    public static func isAcceptable(p: [UInt8], g: [UInt8], minimumBitCount: Int = 2_048) -> Bool {
        do throws(KeyError) {
            try check(p: p, g: g, minimumBitCount: minimumBitCount)
            return true
        } catch {
            return false
        }
    }

    static func check(p: [UInt8], g: [UInt8], minimumBitCount: Int) throws(KeyError) {
        let bitCount = p.unsignedBitCount
        guard bitCount <= primeBitCountMax else { throw .unsupported("a prime of \(bitCount) bits") }
        // 512 bits are the least that the library computes with.
        guard bitCount >= max(minimumBitCount, 512) else { throw .weak(bitCount: bitCount) }
        guard p.isOddNumber, try isInside(g, p) else { throw .malformed }
        guard !isNamed(p, g) else { return }
        let isPrime = try KeyError.wrapping { () throws(OpenSSLError) in try isProbablyPrime(p) }
        guard isPrime else { throw .malformed }
    }

    /// Whether `number` is within 2...p-2.
    static func isInside(_ number: [UInt8], _ p: [UInt8]) throws(KeyError) -> Bool {
        guard number.unsignedBitCount >= 2, number.unsignedBitCount <= p.unsignedBitCount else { return false }
        return try KeyError.wrapping { () throws(OpenSSLError) in
            let bound = try BigNumberWorkspace().less(BigNumber(p), 1)
            return try BigNumber(number) < bound
        }
    }

    /// Whether the library knows this group from a standard.
    private static func isNamed(_ p: [UInt8], _ g: [UInt8]) -> Bool {
        if p.drop(while: { $0 == 0 }).elementsEqual(group2.p) { return true }
        var parts = KeyParts()
        parts.number(OSSL_PKEY_PARAM_FFC_P, p)
        parts.number(OSSL_PKEY_PARAM_FFC_G, g)
        guard let domain = try? parts.makeKey(algorithmName, selecting: .parameters) else { return false }
        defer { ERR_clear_error() }
        var byteCount = 0
        return EVP_PKEY_get_group_name(domain.key, nil, 0, &byteCount) == 1 && byteCount > 0
    }

    /// The test of Miller and Rabin (FIPS 186-5 appendix B.3.1). `p` is odd and over 3.
    private static func isProbablyPrime(_ p: [UInt8]) throws(OpenSSLError) -> Bool {
        let workspace = try BigNumberWorkspace()
        let modulus = try BigNumber(p)
        let minusOne = try workspace.less(modulus, 1)
        let (odd, twoCount) = try workspace.oddFactor(of: minusOne)
        let exponent = try BigNumber(odd)
        for _ in 0..<primeTestRoundCount {
            // Random enough: a base of p's length and eight bytes more, taken modulo p.
            let random = try BigNumber(try RandomBytes.make(count: p.count + 8))
            let base = try workspace.remainder(of: random, by: modulus)
            guard !base.isZero else { continue }
            var power = try workspace.power(base, exponent, modulo: modulus)
            var squareCount = 1
            while !(power.isOne && squareCount == 1), !(power == minusOne) {
                guard squareCount < twoCount else { return false }
                power = try workspace.square(power, modulo: modulus)
                squareCount += 1
            }
        }
        return true
    }
}
