/// What a GS1 element's data look like, read from the notation of the GS1 General Specifications §3.2: `N14c`, `X..20`,
/// `N3 X..9`, `N13c [N..12]`. `N` are digits, `X` the 82 characters, `Y` the 39, `Z` the 64; `c` ends in a check digit.
struct GS1Format: Sendable {
    struct Part: Sendable {
        let characters: Characters
        let countMin: Int
        let countMax: Int
        let hasCheckDigit: Bool
    }

    enum Characters: Character, Sendable {
        case digits = "N"
        case set82 = "X"
        case set39 = "Y"
        case set64 = "Z"
    }

    /// Why data do not have the format; the offset is in the data.
    enum Fault: Error {
        case length
        case character(offset: Int)
        case checkDigit(offset: Int, expected: UInt8)
    }

    let parts: [Part]

    /// Reads the notation; what it cannot read it leaves out, which a test of the table would show.
    init(_ notation: String) {
        parts = notation.split(separator: " ").compactMap(Self.part)
    }

    private static func part(_ text: Substring) -> Part? {
        let isOptional = text.hasPrefix("[")
        var rest = text.filter { $0 != "[" && $0 != "]" }
        guard let characters = rest.first.flatMap(Characters.init(rawValue:)) else { return nil }
        rest.removeFirst()
        let hasCheckDigit = rest.hasSuffix("c")
        if hasCheckDigit { rest.removeLast() }
        let isVariable = rest.hasPrefix("..")
        guard let count = Int(isVariable ? rest.dropFirst(2) : rest[...]) else { return nil }
        return Part(
            characters: characters,
            countMin: isOptional ? 0 : isVariable ? 1 : count,
            countMax: count,
            hasCheckDigit: hasCheckDigit
        )
    }

    /// Characters at most.
    var countMax: Int { parts.reduce(0) { $0 + $1.countMax } }
    /// Whether data begin with a number that ends in a check digit.
    var hasCheckDigit: Bool { parts.contains { $0.hasCheckDigit } }

    /// Checks `data` as a whole.
    func check(_ data: [UInt8]) throws(Fault) {
        var offset = 0
        for part in parts {
            let count = min(part.countMax, data.count - offset)
            guard count >= part.countMin else { throw .length }
            try Self.check(data, from: offset, count: count, part)
            offset += count
        }
        guard offset == data.count else { throw .length }
    }

    private static func check(_ data: [UInt8], from start: Int, count: Int, _ part: Part) throws(Fault) {
        let slice = data[start..<(start + count)]
        if let wrong = slice.firstIndex(where: { !part.characters.contains($0) }) { throw .character(offset: wrong) }
        guard part.hasCheckDigit, let last = slice.last else { return }
        let expected = GS1CheckDigit.digit(for: slice.dropLast())
        guard last == expected else { throw .checkDigit(offset: start + count - 1, expected: expected) }
    }
}

extension GS1Format.Characters {
    /// GS1 General Specifications §7.11.
    func contains(_ byte: UInt8) -> Bool {
        if byte.isDigit { return true }
        switch self {
        case .digits: return false
        case .set39: return (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) || "#-/".utf8.contains(byte)
        case .set64: return byte.isLetter || "-_=".utf8.contains(byte)
        case .set82: return byte.isLetter || "!\"%&'()*+,-./_:;<=>?".utf8.contains(byte)
        }
    }
}

/// The check digit of GS1 keys (GS1 General Specifications §7.9): weights of 3 and 1 from the right.
enum GS1CheckDigit {
    /// The digit that follows `digits`, which are ASCII digits.
    static func digit(for digits: some BidirectionalCollection<UInt8>) -> UInt8 {
        var sum = 0
        var weight = 3
        for digit in digits.reversed() {
            sum += Int(digit &- UInt8(ascii: "0")) * weight
            weight = 4 - weight
        }
        return UInt8(ascii: "0") + UInt8((10 - sum % 10) % 10)
    }

    /// Whether the last of `digits` is the check digit of the others.
    static func isRight(_ digits: ArraySlice<UInt8>) -> Bool {
        digits.last.map { $0 == digit(for: digits.dropLast()) } ?? false
    }
}
