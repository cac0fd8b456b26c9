/// Whether the wall clock has gone evenly of late. What is dropped for its age alone is not dropped by a clock that has
/// just jumped: it may jump back, and what was dropped does not come again.
struct ClockWatch {
    /// A difference between the clocks that is no jump, in seconds: what a time service corrects at once, and more.
    static let toleranceSeconds: Int64 = 60
    /// How long the clock is in doubt after a jump, in seconds.
    static let doubtSeconds: Int64 = 86_400

    /// How far the wall clock was ahead of the monotonic one when it was last noted, in seconds.
    private var lead: Int64?
    /// Seconds of the monotonic clock until which it is in doubt.
    private var doubtEnd: Int64 = 0
    private var now: Int64 = 0

    /// Notes what both clocks say at a moment.
    mutating func note(unixSeconds: Int64, monotonicNanoseconds: UInt64) {
        now = Int64(monotonicNanoseconds / 1_000_000_000)
        let lead = unixSeconds - now
        if let before = self.lead, abs(lead - before) > Self.toleranceSeconds { doubtEnd = now + Self.doubtSeconds }
        self.lead = lead
    }

    /// Whether it is to be believed.
    var isSteady: Bool { now >= doubtEnd }
}
