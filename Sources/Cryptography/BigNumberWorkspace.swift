internal import COpenSSL

/// Room for the library's arithmetic. Results are new numbers.
struct BigNumberWorkspace: ~Copyable {
    private let context: OpaquePointer

    init() throws(OpenSSLError) {
        guard let context = BN_CTX_secure_new() else { throw .drain(during: "BN_CTX_secure_new") }
        self.context = context
    }

    deinit {
        BN_CTX_free(context)
    }

    func product(_ a: borrowing BigNumber, _ b: borrowing BigNumber) throws(OpenSSLError) -> BigNumber {
        let (a, b) = (a.pointer, b.pointer)
        return try result("BN_mul") { BN_mul($0, a, b, context) == 1 }
    }

    /// `number - amount`; throws when that is below 0.
    func less(_ number: borrowing BigNumber, _ amount: UInt) throws(OpenSSLError) -> BigNumber {
        let number = number.pointer
        return try result("BN_sub_word") {
            BN_copy($0, number) != nil && BN_sub_word($0, amount) == 1 && BN_is_negative($0) == 0
        }
    }

    func remainder(
        of number: borrowing BigNumber,
        by divisor: borrowing BigNumber
    ) throws(OpenSSLError) -> BigNumber {
        let (number, divisor) = (number.pointer, divisor.pointer)
        return try result("BN_div") { BN_div(nil, $0, number, divisor, context) == 1 }
    }

    /// The number that `number` times is 1 modulo `modulus`; nil when there is none.
    func inverse(
        of number: borrowing BigNumber,
        modulo modulus: borrowing BigNumber
    ) throws(OpenSSLError) -> BigNumber? {
        guard try greatestCommonDivisor(number, modulus).isOne else { return nil }
        let (number, modulus) = (number.pointer, modulus.pointer)
        return try result("BN_mod_inverse") { BN_mod_inverse($0, number, modulus, context) != nil }
    }

    func greatestCommonDivisor(
        _ a: borrowing BigNumber,
        _ b: borrowing BigNumber
    ) throws(OpenSSLError) -> BigNumber {
        let (a, b) = (a.pointer, b.pointer)
        return try result("BN_gcd") { BN_gcd($0, a, b, context) == 1 }
    }

    /// `base` to the power `exponent` modulo `modulus`, which is odd, in a time that does not depend on the exponent's
    /// bits.
    func power(
        _ base: borrowing BigNumber,
        _ exponent: borrowing BigNumber,
        modulo modulus: borrowing BigNumber
    ) throws(OpenSSLError) -> BigNumber {
        let (base, exponent, modulus) = (base.pointer, exponent.pointer, modulus.pointer)
        return try result("BN_mod_exp_mont_consttime") {
            BN_mod_exp_mont_consttime($0, base, exponent, modulus, context, nil) == 1
        }
    }

    func square(
        _ number: borrowing BigNumber,
        modulo modulus: borrowing BigNumber
    ) throws(OpenSSLError) -> BigNumber {
        let (number, modulus) = (number.pointer, modulus.pointer)
        return try result("BN_mod_sqr") { BN_mod_sqr($0, number, modulus, context) == 1 }
    }

    /// The odd factor of `number`, and how often two divides it; `number` is not 0.
    func oddFactor(
        of number: borrowing BigNumber
    ) throws(OpenSSLError) -> (factor: [UInt8], twoCount: Int) {
        let pointer = number.pointer
        guard !number.isZero else { throw .refused("the odd factor of 0", by: "BN_rshift") }
        let twoCount = (0..<Int32(number.bitCount)).first { BN_is_bit_set(pointer, $0) == 1 } ?? 0
        return (try result("BN_rshift") { BN_rshift($0, pointer, twoCount) == 1 }.bytes, Int(twoCount))
    }

    private func result(
        _ function: String,
        _ compute: (OpaquePointer) -> Bool
    ) throws(OpenSSLError) -> BigNumber {
        guard let pointer = BN_new() else { throw .drain(during: "BN_new") }
        let number = BigNumber(owning: pointer)
        guard compute(pointer) else { throw .drain(during: function) }
        return number
    }
}
