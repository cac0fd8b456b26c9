/// Byte sizes and durations as people write them: a whole number, a space, a unit.
enum QuantityText {
    private static let byteUnits: [(name: String, size: Int)] = [
        ("TiB", 1 << 40), ("GiB", 1 << 30), ("MiB", 1 << 20), ("KiB", 1 << 10), ("B", 1),
    ]
    private static let timeUnits: [(name: String, size: Int)] = [
        ("d", 86_400_000), ("h", 3_600_000), ("min", 60_000), ("s", 1_000), ("ms", 1),
    ]

    /// `4 MiB` in bytes; `nil` for anything but a whole number and a unit of bytes, or for more than fits.
    static func bytes(_ text: String) -> Int? { parse(text, byteUnits) }

    /// `10 s`; `nil` for anything but a whole number and a unit of time, or for more than fits.
    static func duration(_ text: String) -> Duration? { parse(text, timeUnits).map { .milliseconds($0) } }

    /// The shortest exact form: `4 MiB`, `1536 KiB`, `1 B`.
    static func text(bytes: Int) -> String { text(bytes, byteUnits) }

    /// The shortest exact form: `30 min`, `90 s`, `500 ms`. What is finer than a millisecond is left out.
    static func text(_ duration: Duration) -> String {
        text(Int(duration / .milliseconds(1)), timeUnits, ofNothing: "0 s")
    }

    private static func parse(_ text: String, _ units: [(name: String, size: Int)]) -> Int? {
        let digits = text.utf8.prefix { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }
        let rest = text.utf8.dropFirst(digits.count).drop { $0 == UInt8(ascii: " ") }
        guard let count = Int(Substring(digits)), let unit = units.first(where: { rest.elementsEqual($0.name.utf8) })
        else {
            return nil
        }
        let (product, overflow) = count.multipliedReportingOverflow(by: unit.size)
        return overflow ? nil : product
    }

    private static func text(_ value: Int, _ units: [(name: String, size: Int)], ofNothing: String = "0 B") -> String {
        guard value != 0, let unit = units.first(where: { value % $0.size == 0 }) else { return ofNothing }
        return "\(value / unit.size) \(unit.name)"
    }
}
