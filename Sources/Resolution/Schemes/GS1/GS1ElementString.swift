/// A GS1 element string: application identifiers with their data.
struct GS1ElementString {
    struct Element: Hashable {
        /// Two to four digits.
        let identifier: [UInt8]
        let data: [UInt8]
    }

    /// Why a text is none, and where.
    struct Fault: Error {
        let note: RecognitionNote
    }

    private static let separator: UInt8 = 0x1D
    /// More do not fit into a symbol: 8,192 bytes hold no more than this.
    private static let elementCountMax = 512

    private(set) var elements: [Element] = []
    /// Where separators (FNC1) stood that nothing needed.
    private(set) var notes: [RecognitionNote] = []

    init() {}

    /// Elements that were put together elsewhere; each is checked.
    init(_ elements: [(identifier: String, data: [UInt8])], at place: Int) throws(Fault) {
        for (identifier, data) in elements {
            let identifier = Array(identifier.utf8)
            try append(identifier, TracedText(data), named: place) { _ in place }
        }
    }

    /// `(01)06901234567892(21)A1`: what is in brackets is an identifier; data may have brackets too.
    init(bracketed text: TracedText) throws(Fault) {
        var start = 0
        while start < text.count {
            guard let identifier = Self.bracket(in: text.bytes, at: start) else {
                throw Fault(note: RecognitionNote(.bracketMissing, at: text.place(start)))
            }
            let dataStart = start + identifier.count + 2
            var end = dataStart
            while end < text.count, Self.knownBracket(in: text.bytes, at: end) == nil { end += 1 }
            let data = text[dataStart..<end]
            try append(Array(identifier), data, named: text.place(start)) { data.place($0) }
            start = end
        }
    }

    /// `0106901234567892` `10ABC` FNC1 `21A1`: as scanners send it.
    init(plain text: TracedText) throws(Fault) {
        var start = 0
        while start < text.count {
            if text.bytes[start] == Self.separator {
                // One is enough to tell.
                if notes.isEmpty { notes.append(RecognitionNote(.separator, at: text.place(start))) }
                start += 1
                continue
            }
            guard let identifier = GS1Identifiers.identifier(atStartOf: text.bytes[start...]),
                let row = GS1Identifiers.row(identifier)
            else { throw Fault(note: RecognitionNote(.unknownElement, at: text.place(start))) }
            let dataStart = start + identifier.count
            let rest = text.bytes[dataStart...]
            let end =
                row.isPredefined
                ? min(dataStart + row.format.countMax, text.count)
                : rest.firstIndex(of: Self.separator) ?? text.count
            let data = text[dataStart..<end]
            try append(Array(identifier), data, named: text.place(start)) { data.place($0) }
            // The separator that ends data of variable length belongs to them.
            start = !row.isPredefined && end + 1 < text.count ? end + 1 : end
        }
        guard !elements.isEmpty else { throw Fault(note: RecognitionNote(.unknownElement, at: text.place(0))) }
    }

    private mutating func append(
        _ identifier: [UInt8],
        _ data: TracedText,
        named place: Int,
        dataPlace: (Int) -> Int
    ) throws(Fault) {
        guard let row = GS1Identifiers.row(identifier), elements.count < Self.elementCountMax else {
            throw Fault(note: RecognitionNote(.unknownElement, at: place))
        }
        do throws(GS1Format.Fault) {
            try row.format.check(data.bytes)
        } catch {
            switch error {
            case .length: throw Fault(note: RecognitionNote(.elementLength(identifier), at: place))
            case .character(let offset):
                throw Fault(note: RecognitionNote(.elementCharacter(identifier), at: dataPlace(offset)))
            case .checkDigit(let offset, let expected):
                throw Fault(note: RecognitionNote(.checkDigit(expected: expected), at: dataPlace(offset)))
            }
        }
        elements.append(Element(identifier: identifier, data: data.bytes))
    }

    /// The digits in brackets at `offset`, if there are two to four.
    static func bracket(in bytes: [UInt8], at offset: Int) -> ArraySlice<UInt8>? {
        guard offset < bytes.count, bytes[offset] == UInt8(ascii: "(") else { return nil }
        let digits = bytes[(offset + 1)...].prefix(5).prefix { $0.isDigit }
        guard (2...4).contains(digits.count), digits.endIndex < bytes.count, bytes[digits.endIndex] == UInt8(ascii: ")")
        else { return nil }
        return digits
    }

    private static func knownBracket(in bytes: [UInt8], at offset: Int) -> ArraySlice<UInt8>? {
        bracket(in: bytes, at: offset).flatMap { GS1Identifiers.row($0) == nil ? nil : $0 }
    }

    /// With brackets, for people.
    var bracketed: [UInt8] {
        elements.flatMap { [UInt8(ascii: "(")] + $0.identifier + [UInt8(ascii: ")")] + $0.data }
    }
}
