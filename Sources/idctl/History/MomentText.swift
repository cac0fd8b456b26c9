internal import Console
internal import Glibc
internal import Resolution
internal import ResolutionProtocol

/// A time as people give it and read it.
///
/// A date alone is the first second of that day in Asia/Shanghai, as the days of counts are; `THH:MM:SS` behind it
/// needs its zone, `Z` or `+08:00`.
enum MomentText {
    private static let expected = LocalizedText(
        english: "a time such as 2026-05-03, 2026-05-03T16:00:00Z or 2026-05-03T16:00:00+08:00",
        chinese: "时间，例如 2026-05-03、2026-05-03T16:00:00Z 或 2026-05-03T16:00:00+08:00"
    )

    /// The time that `flag` gives as `text`, in seconds since 1970; it may not lie behind `now`.
    static func checked(_ text: String, flag: String, now: UInt64) throws(CommandFailure) -> UInt64 {
        guard let seconds = seconds(text).flatMap({ UInt64(exactly: $0) }) else {
            throw CommandFailure(.unusableArgument(flag, value: text, expected: expected), exit: .usage)
        }
        guard seconds <= now else { throw CommandFailure(.timeToCome(self.text(seconds)), exit: .usage) }
        return seconds
    }

    /// Now, in seconds since 1970.
    static func now() -> UInt64 { UInt64(max(0, time(nil))) }

    /// Seconds since 1970; nil for another shape, and for what no calendar or clock shows.
    static func seconds(_ text: String) -> Int64? {
        let bytes = Array(text.utf8)
        switch bytes.count {
        case 10: return CountDay(text: text)?.startUnixSeconds
        case 20: return UTCTime.seconds(text)
        case 25:
            guard let offset = offsetSeconds(bytes[19...]),
                let local = UTCTime.seconds(String(decoding: bytes[..<19], as: UTF8.self) + "Z")
            else { return nil }
            return local - offset
        default: return nil
        }
    }

    /// Seconds of `+08:00`; at most 14 hours.
    private static func offsetSeconds(_ bytes: ArraySlice<UInt8>) -> Int64? {
        let bytes = Array(bytes)
        let isNegative = bytes.first == UInt8(ascii: "-")
        guard bytes.count == 6, isNegative || bytes[0] == UInt8(ascii: "+"), bytes[3] == UInt8(ascii: ":"),
            let hours = number(bytes[1], bytes[2]), let minutes = number(bytes[4], bytes[5]), hours <= 14, minutes < 60
        else { return nil }
        let seconds = hours * 3_600 + minutes * 60
        return isNegative ? -seconds : seconds
    }

    private static func number(_ tens: UInt8, _ ones: UInt8) -> Int64? {
        let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
        guard digits.contains(tens), digits.contains(ones) else { return nil }
        return Int64(tens - digits.lowerBound) * 10 + Int64(ones - digits.lowerBound)
    }

    /// `2026-05-02T16:00:00Z`, as programs read it.
    static func utc(_ unixSeconds: UInt64) -> String { UTCTime.text(Int64(clamping: unixSeconds)) }

    /// `2026-05-02T16:00:00Z (2026-05-03 00:00:00 Asia/Shanghai)`, as people read it.
    static func text(_ unixSeconds: UInt64) -> String {
        // The end of the year 9999, beyond which a log's times are not read as a calendar's.
        guard unixSeconds <= 253_402_300_799 else { return utc(unixSeconds) }
        let seconds = Int64(unixSeconds)
        let local =
            "\(CountDay(unixSeconds: seconds).text) \(UTCTime.timeOfDay(CountDay.secondOfDay(unixSeconds: seconds)))"
        return "\(utc(unixSeconds)) (\(local) Asia/Shanghai)"
    }
}
