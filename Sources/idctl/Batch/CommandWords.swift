internal import Console

/// Cuts a line of a script into words, as a shell does: blanks part them; `'…'` takes everything as it is; `"…"` all
/// but `\"` and `\\`; elsewhere `\` takes the next character as it is; `#` at a word's beginning begins a comment.
/// Nothing is replaced: no variables, no patterns.
struct CommandWords {
    /// Why a line has no words.
    enum Fault: Error, Equatable {
        /// A quote that does not end; `column` is where it begins, counted from 1 in characters.
        case openQuote(column: Int)
        /// A `\` behind which nothing stands.
        case nothingEscaped(column: Int)
    }

    private let scalars: [Unicode.Scalar]
    private var position = 0

    private init(_ line: String) { scalars = Array(line.unicodeScalars) }

    /// The words of `line`; none of an empty line and of a comment.
    static func of(_ line: String) throws(Fault) -> [String] {
        var reader = CommandWords(line)
        var words: [String] = []
        while let word = try reader.next() { words.append(word) }
        return words
    }

    private static func isBlank(_ scalar: Unicode.Scalar) -> Bool { scalar == " " || scalar == "\t" }

    private mutating func next() throws(Fault) -> String? {
        while position < scalars.count, Self.isBlank(scalars[position]) { position += 1 }
        guard position < scalars.count, scalars[position] != "#" else { return nil }
        var word = String.UnicodeScalarView()
        while position < scalars.count, !Self.isBlank(scalars[position]) {
            switch scalars[position] {
            case "'", "\"": try readQuoted(into: &word)
            case "\\": try readEscaped(into: &word)
            default:
                word.append(scalars[position])
                position += 1
            }
        }
        return String(word)
    }

    private mutating func readEscaped(into word: inout String.UnicodeScalarView) throws(Fault) {
        guard position + 1 < scalars.count else { throw .nothingEscaped(column: position + 1) }
        word.append(scalars[position + 1])
        position += 2
    }

    private mutating func readQuoted(into word: inout String.UnicodeScalarView) throws(Fault) {
        let (start, quote) = (position, scalars[position])
        position += 1
        while position < scalars.count {
            let scalar = scalars[position]
            if scalar == quote {
                position += 1
                return
            }
            let next = position + 1 < scalars.count ? scalars[position + 1] : nil
            if quote == "\"", scalar == "\\", let next, next == "\"" || next == "\\" {
                word.append(next)
                position += 2
            } else {
                word.append(scalar)
                position += 1
            }
        }
        throw .openQuote(column: start + 1)
    }
}
