/// A calendar day of Asia/Shanghai (UTC+8, no daylight saving), by which counts are cut; times are kept in UTC.
public struct CountDay: Hashable, Comparable, Sendable {
    /// Days since 1970-01-01 in Asia/Shanghai.
    public let number: Int32

    /// The day with this number.
    public init(number: Int32) { self.number = number }

    /// The day in which the second `unixSeconds` lies.
    public init(unixSeconds: Int64) {
        number = Int32(truncatingIfNeeded: (unixSeconds + Self.offsetSeconds).flooredQuotient(by: 86_400))
    }

    /// 0...86,399: the second of its Asia/Shanghai day.
    public static func secondOfDay(unixSeconds: Int64) -> UInt64 {
        let local = unixSeconds + offsetSeconds
        return UInt64(local - local.flooredQuotient(by: 86_400) * 86_400)
    }

    /// The day's first second, as UTC.
    public var startUnixSeconds: Int64 { Int64(number) * 86_400 - Self.offsetSeconds }

    private static let offsetSeconds: Int64 = 8 * 3_600

    public static func < (a: CountDay, b: CountDay) -> Bool { a.number < b.number }

    /// `yyyy-MM-dd` (proleptic Gregorian).
    public var text: String {
        let (year, month, day) = civil
        return "\(year)-\(month < 10 ? "0" : "")\(month)-\(day < 10 ? "0" : "")\(day)"
    }

    /// Year, month and day of the civil calendar, from the day's number (era arithmetic on 400-year cycles).
    private var civil: (year: Int64, month: Int64, day: Int64) {
        let shifted = Int64(number) + 719_468
        let era = shifted.flooredQuotient(by: 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
    }
}

extension Int64 {
    /// The quotient rounded towards minus infinity.
    fileprivate func flooredQuotient(by divisor: Int64) -> Int64 {
        let quotient = self / divisor
        return self % divisor < 0 ? quotient - 1 : quotient
    }
}

extension CountDay {
    /// The day of a text `yyyy-MM-dd`; nil for anything else, a day that no calendar has included.
    public init?(text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard text.utf8.count == 10, parts.count == 3, let year = Int64(parts[0]), let month = Int64(parts[1]),
            let day = Int64(parts[2]), year >= 1970, (1...12).contains(month), (1...31).contains(day)
        else { return nil }
        // Days from civil, the inverse of `civil`: years begin in March, so that a leap day is the last of its year.
        let shiftedYear = month <= 2 ? year - 1 : year
        let era = shiftedYear / 400
        let yearOfEra = shiftedYear - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        self.init(number: Int32(truncatingIfNeeded: era * 146_097 + dayOfEra - 719_468))
        guard self.text == text else { return nil }
    }
}
