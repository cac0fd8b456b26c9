/// A condition that a result must meet: `p99<5ms`, `loss<0.01%`, `wrong==0`.
struct Threshold: Sendable, Hashable {
    /// What is compared; its unit decides how the bound is written.
    enum Measure: Hashable, Sendable {
        /// A percentile of all questions, lost ones included, 0...100; 100 is the maximum.
        case percentile(Double)
        /// Lost of those sent.
        case loss
        case wrong
        case lost
        case late
        case duplicate
        case unexpected
        /// Answers per second.
        case rate
    }

    enum Relation: String, CaseIterable, Sendable {
        case atMost = "<="
        case atLeast = ">="
        case equal = "=="
        case less = "<"
        case greater = ">"
    }

    let text: String
    let measure: Measure
    let relation: Relation
    /// Microseconds, a share of 1, or a number.
    let bound: Double

    static let noneWrong = Threshold(text: "wrong==0", measure: .wrong, relation: .equal, bound: 0)

    /// Reads a condition; nil where it is none.
    init?(_ text: String) {
        let text = text.filter { $0 != " " }
        // Longer signs come first in the list: `<=` before `<`.
        guard let relation = Relation.allCases.first(where: { text.contains($0.rawValue) }) else { return nil }
        let parts = text.split(separator: relation.rawValue, maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, let measure = Self.measure(parts[0]), let bound = Self.bound(parts[1], of: measure)
        else { return nil }
        self.init(text: text, measure: measure, relation: relation, bound: bound)
    }

    private init(text: String, measure: Measure, relation: Relation, bound: Double) {
        self.text = text
        self.measure = measure
        self.relation = relation
        self.bound = bound
    }

    /// Another relation of the same.
    func with(_ relation: Relation) -> Threshold {
        Threshold(text: text, measure: measure, relation: relation, bound: bound)
    }

    /// Whether the result meets it. A percentile among the lost is longer than any bound.
    func isMet(by result: LoadResult) -> Bool {
        let value = value(in: result)
        return switch relation {
        case .atMost: value <= bound
        case .atLeast: value >= bound
        case .equal: value == bound
        case .less: value < bound
        case .greater: value > bound
        }
    }

    private func value(in result: LoadResult) -> Double {
        let tally = result.tally
        switch measure {
        case .percentile(let percent): return tally.microseconds(atPercentile: percent).map { Double($0) } ?? .infinity
        case .loss: return tally.lossShare
        case .wrong: return Double(tally.wrong)
        case .lost: return Double(tally.lost)
        case .late: return Double(tally.late)
        case .duplicate: return Double(tally.duplicate)
        case .unexpected: return Double(tally.unexpected)
        case .rate: return result.answersPerSecond
        }
    }

    private static func measure(_ text: Substring) -> Measure? {
        switch text {
        case "max": return .percentile(100)
        case "loss": return .loss
        case "wrong": return .wrong
        case "lost": return .lost
        case "late": return .late
        case "duplicate": return .duplicate
        case "unexpected": return .unexpected
        case "rate": return .rate
        default: break
        }
        guard text.hasPrefix("p"), let percent = Double(text.dropFirst()), percent > 0, percent <= 100 else {
            return nil
        }
        return .percentile(percent)
    }

    private static func bound(_ text: Substring, of measure: Measure) -> Double? {
        let unit = text.drop { $0.isASCII && ($0.isNumber || $0 == ".") }
        guard let number = Double(text.prefix(text.count - unit.count)), number.isFinite else { return nil }
        switch (measure, unit) {
        case (.percentile, "us"), (.percentile, "µs"): return number
        case (.percentile, "ms"): return number * 1_000
        case (.percentile, "s"): return number * 1_000_000
        case (.loss, "%"): return number / 100
        case (.loss, ""), (.percentile, _): return nil
        case (_, ""): return number
        default: return nil
        }
    }
}
