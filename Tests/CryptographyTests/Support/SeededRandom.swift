/// SplitMix64: small, and the same numbers from the same seed everywhere. The seed is printed with the test's name.
struct SeededRandom: RandomNumberGenerator {
    private var state: UInt64

    init(_ name: String, seed: UInt64) {
        state = seed
        print("\(name): seed \(seed)")
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// `bytes` with one change: a bit, a byte, a cut, something put in, or something doubled.
    mutating func mutated(_ bytes: [UInt8]) -> [UInt8] {
        var bytes = bytes
        let place = Int.random(in: 0...bytes.count, using: &self)
        switch (Int.random(in: 0..<6, using: &self), place < bytes.count) {
        case (0, true): bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &self)
        case (1, true): bytes[place] = [0, 1, 0x7F, 0x80, 0xFF].randomElement(using: &self) ?? 0
        case (2, _): bytes.removeSubrange(place...)
        case (3, _): bytes.insert(UInt8.random(in: 0...255, using: &self), at: place)
        case (4, true): bytes.remove(at: place)
        default: bytes.insert(contentsOf: bytes[place...].prefix(8), at: place)
        }
        return bytes
    }
}
