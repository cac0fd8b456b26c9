internal import Glibc

/// UTC time as text, `yyyy-MM-ddTHH:mm:ssZ`.
package enum UTCTime {
    /// The text of `seconds` since 1970.
    package static func text(_ seconds: Int64) -> String {
        var (time, parts) = (time_t(seconds), tm())
        guard gmtime_r(&time, &parts) != nil else { return "\(seconds)" }
        let date =
            "\(padded(Int(parts.tm_year) + 1_900, 4))-\(padded(Int(parts.tm_mon) + 1))-\(padded(Int(parts.tm_mday)))"
        return "\(date)T\(padded(Int(parts.tm_hour))):\(padded(Int(parts.tm_min))):\(padded(Int(parts.tm_sec)))Z"
    }

    /// Seconds since 1970; nil for another shape, and for a date or time of day that does not exist.
    package static func seconds(_ text: String) -> Int64? {
        let characters = Array(text.utf8)
        guard characters.count == 20 else { return nil }
        func number(_ range: Range<Int>) -> Int32 { Int32(String(decoding: characters[range], as: UTF8.self)) ?? -1 }
        var parts = tm()
        parts.tm_year = number(0..<4) - 1_900
        parts.tm_mon = number(5..<7) - 1
        parts.tm_mday = number(8..<10)
        parts.tm_hour = number(11..<13)
        parts.tm_min = number(14..<16)
        parts.tm_sec = number(17..<19)
        let seconds = Int64(timegm(&parts))
        // What has another shape, or does not exist, comes back as another text.
        return self.text(seconds).utf8.elementsEqual(characters) ? seconds : nil
    }

    /// `value` with zeros in front.
    package static func padded(_ value: Int, _ digits: Int = 2) -> String {
        let text = String(value)
        return String(repeating: "0", count: max(0, digits - text.utf8.count)) + text
    }
}
