/// UTC time as text, `yyyy-MM-ddTHH:mm:ssZ`, of what 32 signed bits of seconds can hold (data model §9).
enum TimeText {
    static let byteCount = 20

    /// Seconds since 1970; `nil` for another shape, a date that does not exist, or a time outside 1901…2038.
    static func seconds(_ text: UnsafeBufferPointer<UInt8>) -> Int32? {
        guard text.count == byteCount, separatorsMatch(text) else { return nil }
        guard let year = number(text, 0, 4), let month = number(text, 5, 2), let day = number(text, 8, 2),
            let hour = number(text, 11, 2), let minute = number(text, 14, 2), let second = number(text, 17, 2)
        else { return nil }
        guard (1...12).contains(month), day >= 1, day <= dayCount(month: month, year: year) else { return nil }
        guard hour < 24, minute < 60, second < 60 else { return nil }
        let days = dayNumber(year: year, month: month, day: day)
        return Int32(exactly: days * 86_400 + hour * 3_600 + minute * 60 + second)
    }

    /// Appends the text of `seconds` since 1970.
    static func append(_ seconds: Int32, to bytes: inout [UInt8]) {
        let (days, rest) = Int(seconds).flooredQuotient(86_400)
        let (year, month, day) = date(dayNumber: days)
        append(year, digits: 4, then: "-", to: &bytes)
        append(month, digits: 2, then: "-", to: &bytes)
        append(day, digits: 2, then: "T", to: &bytes)
        append(rest / 3_600, digits: 2, then: ":", to: &bytes)
        append(rest / 60 % 60, digits: 2, then: ":", to: &bytes)
        append(rest % 60, digits: 2, then: "Z", to: &bytes)
    }

    private static func separatorsMatch(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        text[4] == UInt8(ascii: "-") && text[7] == UInt8(ascii: "-") && text[10] == UInt8(ascii: "T")
            && text[13] == UInt8(ascii: ":") && text[16] == UInt8(ascii: ":") && text[19] == UInt8(ascii: "Z")
    }

    private static func number(_ text: UnsafeBufferPointer<UInt8>, _ start: Int, _ count: Int) -> Int? {
        var value = 0
        for position in start..<start + count {
            guard (0x30...0x39).contains(text[position]) else { return nil }
            value = value * 10 + Int(text[position] - 0x30)
        }
        return value
    }

    private static func dayCount(month: Int, year: Int) -> Int {
        switch month {
        case 2: (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// Days since 1970-01-01 in the Gregorian calendar, with years that begin in March.
    private static func dayNumber(year: Int, month: Int, day: Int) -> Int {
        let marchYear = month > 2 ? year : year - 1
        let (era, yearOfEra) = marchYear.flooredQuotient(400)
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    private static func date(dayNumber: Int) -> (year: Int, month: Int, day: Int) {
        let (era, dayOfEra) = (dayNumber + 719_468).flooredQuotient(146_097)
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * marchMonth + 2) / 5 + 1)
    }

    private static func append(_ value: Int, digits: Int, then separator: Unicode.Scalar, to bytes: inout [UInt8]) {
        var divisor = digits == 4 ? 1_000 : 10
        while divisor > 0 {
            bytes.append(0x30 + UInt8(value / divisor % 10))
            divisor /= 10
        }
        bytes.append(UInt8(ascii: separator))
    }
}

extension Int {
    /// Division that rounds down, so that the remainder is never negative.
    fileprivate func flooredQuotient(_ divisor: Int) -> (quotient: Int, remainder: Int) {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }
}
