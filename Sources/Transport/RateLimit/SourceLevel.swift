/// What one network has received and sent in the last ten seconds, in bytes, by the second.
struct SourceLevel: BitwiseCopyable {
    /// Seconds that bytes count for.
    static let secondCount = 10

    private var second: UInt64 = 0
    private var received: UInt64 = 0
    private var sent: UInt64 = 0
    private var receivedInSecond = InlineArray<10, UInt32>(repeating: 0)
    private var sentInSecond = InlineArray<10, UInt32>(repeating: 0)

    /// Notes bytes that came from the network in `second`, which never goes back.
    mutating func receive(_ byteCount: Int, in second: UInt64) {
        advance(to: second)
        Self.add(byteCount, to: &receivedInSecond[place], &received)
    }

    /// Notes bytes that are sent in `second`; false, and nothing is noted, where they would be more than `percent` of
    /// those received and `free` ones beside.
    mutating func send(_ byteCount: Int, percent: UInt64, free: UInt64, in second: UInt64) -> Bool {
        advance(to: second)
        let after = sent &+ UInt64(truncatingIfNeeded: byteCount)
        // Ten times 2³² bytes at most, times 100,000 at most.
        guard after &* 100 <= received &* percent &+ free &* 100 else { return false }
        Self.add(byteCount, to: &sentInSecond[place], &sent)
        return true
    }

    /// Another network takes the place: it has the credit of nothing received, and what was sent stays sent, or being
    /// forgotten would be worth the free bytes anew.
    mutating func passOn() {
        received = 0
        receivedInSecond = InlineArray(repeating: 0)
    }

    /// Whether nothing has come for so long that it is as if it had never been.
    func isStale(in second: UInt64) -> Bool { second &- self.second >= UInt64(Self.secondCount) }

    private var place: Int { Int(truncatingIfNeeded: second % UInt64(Self.secondCount)) }

    private mutating func advance(to now: UInt64) {
        guard now > second else { return }
        let elapsed = min(now &- second, UInt64(Self.secondCount))
        for _ in 0..<elapsed {
            second &+= 1
            received &-= UInt64(receivedInSecond[place])
            sent &-= UInt64(sentInSecond[place])
            receivedInSecond[place] = 0
            sentInSecond[place] = 0
        }
        // After ten seconds all places are empty, whichever comes next.
        second = now
    }

    /// A second that has 4 GiB has enough.
    private static func add(_ byteCount: Int, to ofSecond: inout UInt32, _ sum: inout UInt64) {
        let (after, overflows) = ofSecond.addingReportingOverflow(UInt32(truncatingIfNeeded: byteCount))
        guard !overflows else { return }
        ofSecond = after
        sum &+= UInt64(truncatingIfNeeded: byteCount)
    }
}
