/// Holds a closed loop to a rate: never more than asked for, and what was missed is not caught up.
struct Pacer: Sendable {
    private let perNanosecond: Double
    /// What may go out at once after a pause: a hundredth of a second's worth.
    private let burst: Double
    private var credit: Double
    private var lastNanoseconds: UInt64

    init(ratePerSecond: Double, startNanoseconds: UInt64) {
        perNanosecond = ratePerSecond / 1e9
        burst = max(1, ratePerSecond / 100)
        credit = 1
        lastNanoseconds = startNanoseconds
    }

    /// How many may go out now.
    mutating func allowance(nowNanoseconds: UInt64) -> Int {
        credit = min(burst, credit + Double(nowNanoseconds &- lastNanoseconds) * perNanosecond)
        lastNanoseconds = nowNanoseconds
        return Int(credit)
    }

    mutating func use(_ count: Int) {
        credit -= Double(count)
    }
}
