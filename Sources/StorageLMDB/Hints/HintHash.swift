/// The keyed hash of keys and the fingerprint of records' bytes, by folded 64×64→128 multiplication.
///
/// The secrets are drawn at start and never leave the process: nobody outside can make keys collide, or bytes that have
/// the fingerprint of others.
struct HintHash: BitwiseCopyable {
    private let first: UInt64
    private let second: UInt64
    private let third: UInt64
    private let fourth: UInt64
    /// All ones but in tests, where fewer make keys collide.
    private let keyMask: UInt64

    /// A hash with secrets of its own. `keyMask`: which bits of a key's hash are used.
    init(keyMask: UInt64 = .max) {
        first = .random(in: .min ... .max) | 1
        second = .random(in: .min ... .max) | 1
        third = .random(in: .min ... .max) | 1
        fourth = .random(in: .min ... .max) | 1
        self.keyMask = keyMask
    }

    /// The hash of the `count` bytes of a key.
    @inline(__always)
    func key(_ bytes: UnsafeRawPointer, count: Int) -> UInt64 { hash(bytes, count: count, seed: first) & keyMask }

    /// 53 bits that stand for the `count` bytes of the record of the key with the hash `key`.
    @inline(__always)
    func fingerprint(_ bytes: UnsafeRawPointer, count: Int, key: UInt64) -> UInt64 {
        hash(bytes, count: count, seed: fourth ^ key) >> 11
    }

    @inline(__always)
    private func hash(_ bytes: UnsafeRawPointer, count: Int, seed: UInt64) -> UInt64 {
        var state = seed
        var position = 0
        if count > 48 {
            // Three lanes, so that multiplications overlap.
            var (state2, state3) = (seed, seed)
            repeat {
                state = Self.fold(Self.word(bytes, position) ^ second, Self.word(bytes, position &+ 8) ^ state)
                state2 = Self.fold(Self.word(bytes, position &+ 16) ^ third, Self.word(bytes, position &+ 24) ^ state2)
                state3 = Self.fold(Self.word(bytes, position &+ 32) ^ fourth, Self.word(bytes, position &+ 40) ^ state3)
                position &+= 48
            } while count &- position > 48
            state ^= state2 ^ state3
        }
        while count &- position > 16 {
            state = Self.fold(Self.word(bytes, position) ^ second, Self.word(bytes, position &+ 8) ^ state)
            position &+= 16
        }
        let (low, high) = Self.end(bytes, count: count)
        let last = Self.fold(low ^ third, high ^ state)
        return Self.fold(second ^ UInt64(truncatingIfNeeded: count), last ^ fourth)
    }

    /// The last 16 bytes, which may overlap those before; of fewer bytes all.
    @inline(__always)
    private static func end(_ bytes: UnsafeRawPointer, count: Int) -> (UInt64, UInt64) {
        if count >= 16 { return (word(bytes, count &- 16), word(bytes, count &- 8)) }
        if count >= 8 { return (word(bytes, 0), word(bytes, count &- 8)) }
        var word: UInt64 = 0
        for position in 0..<count { word = word << 8 | UInt64(bytes.load(fromByteOffset: position, as: UInt8.self)) }
        return (word, 0)
    }

    @inline(__always)
    private static func word(_ bytes: UnsafeRawPointer, _ offset: Int) -> UInt64 {
        bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
    }

    @inline(__always)
    private static func fold(_ a: UInt64, _ b: UInt64) -> UInt64 {
        let product = a.multipliedFullWidth(by: b)
        return product.high ^ product.low
    }
}
