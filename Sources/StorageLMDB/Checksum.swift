/// The checksum of stored bytes: 64 bits by folded 64×64→128 multiplication, 16 bytes a step.
///
/// Against damage, not against intent: whoever can write the file can also write its checksums. It costs a third of
/// XXH3 at the length of a record (about 130 instructions for 290 bytes), and every look-up pays it.
enum Checksum {
    /// Odd constants: the fractional bits of the square roots of 2, 3 and 5.
    private static let keys: (UInt64, UInt64, UInt64) = (
        0x6A09_E667_F3BC_C909, 0xBB67_AE85_84CA_A73B, 0x3C6E_F372_FE94_F82B
    )

    /// The checksum of `bytes`, continuing from `seed`.
    @inline(__always)
    static func of(_ bytes: UnsafeRawBufferPointer, seed: UInt64) -> UInt64 {
        guard let base = bytes.baseAddress else { return fold(seed ^ keys.0, keys.1) }
        let count = bytes.count
        var state = seed ^ UInt64(truncatingIfNeeded: count) &* keys.2
        guard count >= 16 else { return short(base, count: count, state: state) }
        var position = 0
        while count &- position > 16 {
            state = fold(word(base, position) ^ keys.0, word(base, position &+ 8) ^ state)
            position &+= 16
        }
        // The last 16 bytes, which may overlap those before.
        state = fold(word(base, count &- 16) ^ keys.1, word(base, count &- 8) ^ state)
        return fold(state ^ keys.0, keys.2)
    }

    private static func short(_ base: UnsafeRawPointer, count: Int, state: UInt64) -> UInt64 {
        var low: UInt64 = 0
        var high: UInt64 = 0
        for position in 0..<count {
            let byte = UInt64(base.load(fromByteOffset: position, as: UInt8.self))
            if position < 8 { low = low << 8 | byte } else { high = high << 8 | byte }
        }
        return fold(fold(low ^ keys.0, high ^ state) ^ keys.1, keys.2)
    }

    /// Eight bytes at `offset`; little-endian, so that a file may move between machines.
    @inline(__always)
    private static func word(_ base: UnsafeRawPointer, _ offset: Int) -> UInt64 {
        base.loadUnaligned(fromByteOffset: offset, as: UInt64.self).littleEndian
    }

    @inline(__always)
    private static func fold(_ a: UInt64, _ b: UInt64) -> UInt64 {
        let product = a.multipliedFullWidth(by: b)
        return product.high ^ product.low
    }
}
