internal import Glibc
internal import Resolution

/// A day as people write it, `yyyy-MM-dd`.
enum DayText {
    /// The day of that text; nil for another form, or a day that does not exist.
    static func day(_ text: String) -> CountDay? {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 3, parts.map(\.utf8.count) == [4, 2, 2],
            let year = Int32(parts[0]), let month = Int32(parts[1]), let day = Int32(parts[2])
        else { return nil }
        var time = tm()
        (time.tm_year, time.tm_mon, time.tm_mday) = (year - 1_900, month - 1, day)
        let found = CountDay(number: Int32(clamping: timegm(&time) / 86_400))
        // The system takes the 30th of February for the 1st of March.
        return found.text == text ? found : nil
    }

    /// Today in Asia/Shanghai.
    static func today() -> CountDay { CountDay(unixSeconds: Int64(time(nil))) }
}
