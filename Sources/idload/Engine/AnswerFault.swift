/// What is wrong with an answer.
enum AnswerFault: Hashable, Sendable {
    /// It cannot be read to its end.
    case malformed
    /// It answers another operation.
    case operation(UInt32)
    /// Its response code is not the one that is due.
    case code(UInt32)
    /// It speaks of another identifier.
    case identifier
    /// Its values are not the expected ones.
    case values
    /// It has no record.
    case empty
    /// It is not proven to be the server's.
    case unproven
    /// What it says was done was not: the record is not there afterwards.
    case missing
}

extension AnswerFault: CustomStringConvertible {
    var description: String {
        switch self {
        case .malformed: "malformed"
        case .operation(let number): "operation \(number)"
        case .code(let number): "code \(number)"
        case .identifier: "identifier"
        case .values: "values"
        case .empty: "empty"
        case .unproven: "unproven"
        case .missing: "missing"
        }
    }
}

extension AnswerFault {
    /// Reads what `description` writes; nil where it is no fault.
    init?(_ text: String) {
        let words = text.split(separator: " ", omittingEmptySubsequences: false)
        switch (words[0], words.count == 2 ? UInt32(words[1]) : nil) {
        case ("malformed", nil) where words.count == 1: self = .malformed
        case ("identifier", nil) where words.count == 1: self = .identifier
        case ("empty", nil) where words.count == 1: self = .empty
        case ("values", nil) where words.count == 1: self = .values
        case ("unproven", nil) where words.count == 1: self = .unproven
        case ("missing", nil) where words.count == 1: self = .missing
        case ("operation", let number?): self = .operation(number)
        case ("code", let number?): self = .code(number)
        default: return nil
        }
    }
}
