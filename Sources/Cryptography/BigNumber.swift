internal import COpenSSL

/// A whole number of any size, at least 0; wiped when it goes.
struct BigNumber: ~Copyable {
    let pointer: OpaquePointer

    init(owning pointer: OpaquePointer) {
        self.pointer = pointer
    }

    /// The number that `bytes` are, unsigned and big-endian; leading zeros do not count.
    init(_ bytes: [UInt8]) throws(OpenSSLError) {
        guard let count = Int32(exactly: bytes.count), let pointer = BN_bin2bn(bytes, count, nil) else {
            throw .drain(during: "BN_bin2bn")
        }
        self.pointer = pointer
    }

    init(_ value: UInt) throws(OpenSSLError) {
        self = try BigNumber(withUnsafeBytes(of: value.bigEndian) { Array($0) })
    }

    deinit {
        BN_clear_free(pointer)
    }

    var bitCount: Int { Int(BN_num_bits(pointer)) }
    var isOdd: Bool { BN_is_odd(pointer) == 1 }
    var isZero: Bool { BN_is_zero(pointer) == 1 }
    var isOne: Bool { BN_is_one(pointer) == 1 }

    /// Without leading zeros; none for 0.
    var bytes: [UInt8] {
        let byteCount = (bitCount + 7) / 8
        return [UInt8].filled(byteCountMax: byteCount) { target, _ in BN_bn2bin(pointer, target) == byteCount } ?? []
    }

    static func < (a: borrowing BigNumber, b: borrowing BigNumber) -> Bool { BN_cmp(a.pointer, b.pointer) < 0 }
    static func == (a: borrowing BigNumber, b: borrowing BigNumber) -> Bool { BN_cmp(a.pointer, b.pointer) == 0 }
}
