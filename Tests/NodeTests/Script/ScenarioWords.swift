/// The words of a line of a scenario: separated by spaces; what stands in quotes belongs together; `\xHH` is a byte.
struct ScenarioWords {
    private var words: ArraySlice<[UInt8]>

    /// Splits a line; a word that begins with `#` ends it.
    init(_ line: Substring) throws {
        var words: [[UInt8]] = []
        var word: [UInt8]?
        var isQuoted = false
        var rest = Array(line.utf8)[...]
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "\""):
                isQuoted.toggle()
                word = word ?? []
            case UInt8(ascii: " ") where !isQuoted:
                if let complete = word { words.append(complete) }
                word = nil
            case UInt8(ascii: "#") where word == nil: rest = []
            case UInt8(ascii: "\\"): word = (word ?? []) + [try Self.escaped(&rest)]
            default: word = (word ?? []) + [byte]
            }
        }
        guard !isQuoted else { throw NodeFailure("a quotation mark is missing") }
        if let word { words.append(word) }
        self.words = words[...]
    }

    private static func escaped(_ rest: inout ArraySlice<UInt8>) throws -> UInt8 {
        let sign = rest.popFirst()
        if sign == UInt8(ascii: "\\") || sign == UInt8(ascii: "\"") { return sign ?? 0 }
        let digits = String(decoding: rest.prefix(2), as: UTF8.self)
        guard sign == UInt8(ascii: "x"), digits.utf8.count == 2, let byte = UInt8(digits, radix: 16) else {
            throw NodeFailure("after \\ comes x and two hexadecimal digits")
        }
        rest = rest.dropFirst(2)
        return byte
    }

    var isEmpty: Bool { words.isEmpty }

    /// The next word, which must be there.
    mutating func bytes(_ what: String) throws -> [UInt8] {
        guard let word = words.popFirst() else { throw NodeFailure("\(what) is missing") }
        return word
    }

    mutating func text(_ what: String) throws -> String { String(decoding: try bytes(what), as: UTF8.self) }

    mutating func number(_ what: String) throws -> UInt32 {
        let text = try text(what)
        guard let number = UInt32(text) else { throw NodeFailure("\(what) is a number, not \(text)") }
        return number
    }

    /// All that are left, as numbers.
    mutating func numbers(_ what: String) throws -> [UInt32] {
        var numbers: [UInt32] = []
        while !isEmpty { numbers.append(try number(what)) }
        return numbers
    }
}
