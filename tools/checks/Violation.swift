/// One broken rule, at one place.
struct Violation: Comparable, CustomStringConvertible {
    /// Relative to the root: a file, or a target's folder.
    let path: String
    /// Counted from 1; 0 where the whole file is meant.
    let line: Int
    /// The rule's short name, as tools/tidy-exceptions uses it.
    let rule: String
    let message: String
    /// The function that is meant, where the rule is about functions.
    var function: String?

    var description: String {
        line == 0 ? "\(path): \(rule): \(message)" : "\(path):\(line): \(rule): \(message)"
    }

    static func < (left: Violation, right: Violation) -> Bool {
        (left.path, left.line, left.rule, left.message) < (right.path, right.line, right.rule, right.message)
    }
}
