/// How many changes of a prefix are taken in a second: a bucket that fills at that rate and holds a second's worth.
struct WriteRate {
    private var tokens: Double
    private var filled: UInt64

    init(perSecondMax: UInt32, now nanoseconds: UInt64) {
        tokens = Double(perSecondMax)
        filled = nanoseconds
    }

    /// Whether `count` more changes are within the rate.
    mutating func take(_ count: Int, perSecondMax: UInt32, now nanoseconds: UInt64) -> Bool {
        let elapsed = nanoseconds > filled ? Double(nanoseconds - filled) / 1e9 : 0
        tokens = min(Double(perSecondMax), tokens + elapsed * Double(perSecondMax))
        filled = nanoseconds
        // A request larger than the bucket goes when the bucket is full, and leaves a debt.
        guard tokens >= min(Double(count), Double(perSecondMax)) else { return false }
        tokens -= Double(count)
        return true
    }

    /// Whether it is worth keeping: a full bucket is as good as none.
    func isRecent(now nanoseconds: UInt64) -> Bool { nanoseconds < filled + 10_000_000_000 || tokens < 0 }
}
