/// Numbers on the command line with the letters that people use for their size.
enum LoadQuantity {
    /// `500`, `10k`, `1.5M`; nil where it is no number of that kind.
    static func number(_ text: some StringProtocol) -> Double? {
        let factor: Double
        switch text.last {
        case "k", "K": factor = 1e3
        case "M": factor = 1e6
        default: factor = 1
        }
        return plain(factor == 1 ? text[...] : text.dropLast()).map { $0 * factor }
    }

    /// `2e9`, `1.5e6`; nil where it is no number of that kind.
    static func power(_ text: some StringProtocol) -> Double? {
        let parts = text.split(separator: "e", omittingEmptySubsequences: false)
        guard parts.count == 2, let factor = plain(parts[0]), let power = Int(parts[1]), (0...15).contains(power) else {
            return nil
        }
        return Double("\(factor)e\(power)")
    }

    /// Seconds: `30`, `30s`, `500ms`, `2m`; nil where it is no such time.
    static func seconds(_ text: some StringProtocol) -> Double? {
        let units: [(name: String, seconds: Double)] = [("ms", 0.001), ("s", 1), ("m", 60)]
        guard let unit = units.first(where: { text.hasSuffix($0.name) }) else { return plain(text[...]) }
        return plain(text.dropLast(unit.name.count)).map { $0 * unit.seconds }
    }

    /// Digits and a point: no sign, no exponent, no name of a number.
    private static func plain(_ text: some StringProtocol) -> Double? {
        text.allSatisfy { $0.isASCII && ($0.isNumber || $0 == ".") } ? Double(String(text)) : nil
    }
}
