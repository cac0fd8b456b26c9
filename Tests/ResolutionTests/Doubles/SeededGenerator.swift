import Glibc

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

    mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }

    mutating func bytes(_ count: Int) -> [UInt8] { (0..<count).map { _ in UInt8(truncatingIfNeeded: next()) } }

    /// The seed of a run: `HANJIANG_FUZZ_SEED`, else `fallback`. It is printed, so that a failure can be run again.
    static func seed(for test: String, or fallback: UInt64) -> UInt64 {
        let seed = number("HANJIANG_FUZZ_SEED") ?? fallback
        print("\(test): seed \(seed)")
        return seed
    }

    /// Iterations of a run: `HANJIANG_FUZZ_ITERATIONS` raises what `standard` says.
    static func iterations(_ standard: Int) -> Int {
        max(standard, number("HANJIANG_FUZZ_ITERATIONS").map { Int($0) } ?? 0)
    }

    private static func number(_ name: String) -> UInt64? {
        guard let value = getenv(name) else { return nil }
        return UInt64(String(cString: value))
    }
}
