internal import ResolutionProtocol

extension UTCTime {
    /// `HH:mm:ss` of a second of day.
    static func timeOfDay(_ second: UInt64) -> String {
        let second = Int(min(second, 86_399))
        return "\(padded(second / 3_600)):\(padded(second / 60 % 60)):\(padded(second % 60))"
    }
}
