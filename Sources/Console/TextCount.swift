/// Numbers as people read them: three significant digits and a unit, or grouped digits.
package enum TextCount {
    /// `1,234,567`.
    package static func grouped(_ count: some BinaryInteger) -> String {
        let digits = String(count.magnitude)
        var text = count < 0 ? "-" : ""
        for (index, digit) in digits.utf8.enumerated() {
            if index > 0, (digits.utf8.count - index) % 3 == 0 { text += "," }
            text.unicodeScalars.append(Unicode.Scalar(digit))
        }
        return text
    }

    /// `512 B`, `12.3 MiB`: powers of 1,024.
    package static func bytes(_ byteCount: UInt64) -> String {
        guard byteCount >= 1_024 else { return "\(byteCount) B" }
        let units = ["KiB", "MiB", "GiB", "TiB", "PiB", "EiB"]
        var value = Double(byteCount) / 1_024
        var unit = 0
        while value >= 999.5, unit + 1 < units.count {
            value /= 1_024
            unit += 1
        }
        return threeDigits(value) + " " + units[unit]
    }

    /// `850 ns`, `12.3 µs`, `1.25 s`, then `2 min 05 s`, `3 h 04 min`, `2 d 03 h`. Below nothing counts as nothing.
    package static func duration(_ duration: Duration) -> String {
        let (seconds, attoseconds) = duration.components
        guard seconds >= 0, attoseconds >= 0 else { return "0 s" }
        let nanoseconds = Double(seconds) * 1e9 + Double(attoseconds) / 1e9
        switch nanoseconds {
        case ..<0.5: return "0 s"
        case ..<999.5: return threeDigits(nanoseconds) + " ns"
        case ..<999.5e3: return threeDigits(nanoseconds / 1e3) + " µs"
        case ..<999.5e6: return threeDigits(nanoseconds / 1e6) + " ms"
        case ..<59.95e9: return threeDigits(nanoseconds / 1e9) + " s"
        default: return clock(seconds: seconds + (attoseconds >= 500_000_000_000_000_000 ? 1 : 0))
        }
    }

    /// `234,000/s`, `12.3/s`.
    package static func rate(_ perSecond: Double) -> String {
        guard perSecond.isFinite, perSecond > 0 else { return "0/s" }
        guard perSecond >= 999.5 else { return threeDigits(perSecond) + "/s" }
        return grouped(UInt64(min(perSecond, 1e18).rounded())) + "/s"
    }

    /// `12.3 %`; of nothing, `0 %`.
    package static func percent(_ part: UInt64, of whole: UInt64) -> String {
        guard whole > 0 else { return "0 %" }
        let share = Double(part) / Double(whole) * 100
        // All but a few is not all, and a few is not none.
        if part < whole, share >= 99.95 { return "99.9 %" }
        if part > 0, share < 0.05 { return "< 0.1 %" }
        return tenths(share) + " %"
    }

    private static func clock(seconds: Int64) -> String {
        let (minutes, hours, days) = (seconds / 60, seconds / 3_600, seconds / 86_400)
        if days > 0 { return "\(days) d \(twoDigits(hours % 24)) h" }
        if hours > 0 { return "\(hours) h \(twoDigits(minutes % 60)) min" }
        return "\(minutes) min \(twoDigits(seconds % 60)) s"
    }

    private static func twoDigits(_ value: Int64) -> String {
        value < 10 ? "0\(value)" : "\(value)"
    }

    /// `value` below 1,024 in three significant digits, whole digits always in full, zeros after the point left out.
    private static func threeDigits(_ value: Double) -> String {
        if value >= 99.95 { return String(Int(value.rounded())) }
        return value >= 9.995 ? tenths(value) : fraction(Int((value * 100).rounded()), per: 100)
    }

    private static func tenths(_ value: Double) -> String {
        fraction(Int((value * 10).rounded()), per: 10)
    }

    private static func fraction(_ scaled: Int, per scale: Int) -> String {
        let (whole, rest) = (scaled / scale, scaled % scale)
        guard rest > 0 else { return String(whole) }
        if scale == 100, rest % 10 == 0 { return "\(whole).\(rest / 10)" }
        return "\(whole)." + (scale == 100 && rest < 10 ? "0" : "") + String(rest)
    }
}
