/// tools/tidy-exceptions: what may break a rule, each line with its reason.
///
/// `RULE PATH REASON…` or, where the rule is about a function, `RULE PATH:FUNCTION REASON…`. A line that excuses
/// nothing is a violation itself, so the list cannot outlive its reasons.
struct TidyExceptions {
    static let path = "tools/tidy-exceptions"

    private struct Entry {
        let rule: String
        let place: String
        let line: Int
    }

    private var entries: [Entry] = []
    private(set) var malformed: [Violation] = []

    init(_ text: String) {
        for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            guard !line.isEmpty, !line.hasPrefix("#") else { continue }
            let words = line.split(separator: " ")
            guard words.count >= 3 else {
                malformed.append(Self.violation(number + 1, "needs a rule, a path and a reason"))
                continue
            }
            entries.append(Entry(rule: String(words[0]), place: String(words[1]), line: number + 1))
        }
    }

    /// What is left of `violations`, and a violation for each line that excused nothing.
    func applied(to violations: [Violation]) -> [Violation] {
        var used: Set<Int> = []
        let left = violations.filter { violation in
            let place = violation.function.map { "\(violation.path):\($0)" } ?? violation.path
            let excuse = entries.first { $0.rule == violation.rule && $0.place == place }
            if let excuse { used.insert(excuse.line) }
            return excuse == nil
        }
        let unused = entries.filter { !used.contains($0.line) }
        return left + malformed
            + unused.map { Self.violation($0.line, "\($0.rule) \($0.place) excuses nothing: remove it") }
    }

    private static func violation(_ line: Int, _ message: String) -> Violation {
        Violation(path: path, line: line, rule: "exception", message: message)
    }
}
