/// SplitMix64: the same seed gives the same run anywhere.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
        return value ^ value >> 31
    }

    mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(max(bound, 1))) }

    mutating func bytes(_ count: Int) -> [UInt8] { (0..<count).map { _ in UInt8(truncatingIfNeeded: next()) } }

    /// `bytes` with a little damage: changed, cut, lengthened or repeated somewhere.
    mutating func damaged(_ bytes: [UInt8]) -> [UInt8] {
        var damaged = bytes
        for _ in 0...below(3) where !damaged.isEmpty {
            let place = below(damaged.count)
            switch below(5) {
            case 0: damaged[place] ^= 1 << UInt8(below(8))
            case 1: damaged[place] = UInt8(truncatingIfNeeded: next())
            case 2: damaged.removeLast(damaged.count - place)
            case 3: damaged.insert(contentsOf: self.bytes(below(8)), at: place)
            default: damaged.removeSubrange(place..<min(damaged.count, place + 1 + below(8)))
            }
        }
        return damaged
    }
}
