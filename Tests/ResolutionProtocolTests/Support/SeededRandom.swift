import Foundation

/// SplitMix64: small, and the same numbers from the same seed everywhere.
struct SeededRandom: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    /// A generator whose seed is printed with `name`; `HANJIANG_SEED` repeats a run.
    init(printingSeedFor name: String) {
        let given = ProcessInfo.processInfo.environment["HANJIANG_SEED"].flatMap { UInt64($0) }
        let seed = given ?? UInt64.random(in: 0...UInt64.max)
        print("\(name): HANJIANG_SEED=\(seed)")
        self.init(seed: seed)
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
        return z ^ z >> 31
    }

    /// 0..<`bound`.
    mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(max(bound, 1))) }

    mutating func bool() -> Bool { next() & 1 == 0 }

    /// `count` random octets.
    mutating func bytes(_ count: Int) -> [UInt8] { (0..<count).map { _ in UInt8(truncatingIfNeeded: next()) } }

    /// Up to `countMax` random octets.
    mutating func someBytes(upTo countMax: Int = 12) -> [UInt8] { bytes(below(countMax + 1)) }

    /// Up to `countMax` of what `make` makes.
    mutating func list<Item>(upTo countMax: Int = 3, _ make: (inout SeededRandom) -> Item) -> [Item] {
        (0..<below(countMax + 1)).map { _ in make(&self) }
    }

    mutating func number<T: FixedWidthInteger>(_ type: T.Type = T.self) -> T {
        // Bounds come up more often than chance would have them.
        switch below(8) {
        case 0: .min
        case 1: .max
        default: T(truncatingIfNeeded: next())
        }
    }
}
