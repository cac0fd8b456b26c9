/// What scanners and keyboards put around and into a code: taken away for recognition, and told.
struct ScannerNoise {
    /// The text without it.
    private(set) var text: TracedText
    /// The text without what stood around it, but with the characters of a Chinese keyboard.
    private(set) var unfolded: TracedText
    /// What was done.
    private(set) var notes: [RecognitionNote] = []
    /// Whether the scanner said that the symbol holds a GS1 element string.
    private(set) var isMarkedGS1 = false

    /// Marks that say so: GS1-128, GS1 DataBar, GS1 DataMatrix, GS1 QR, GS1 DotCode (General Specifications §5.1.3).
    private static let gs1Marks = ["]C1", "]e0", "]d2", "]Q3", "]J1"]

    /// Looks at `typed`.
    init(_ typed: TracedText) {
        text = typed
        unfolded = typed
        trim()
        dropSymbology()
        unfolded = text
        fold()
    }

    /// Blanks, tabs and line ends around it; also those of a Chinese keyboard, and a byte order mark.
    private mutating func trim() {
        var start = 0
        var end = text.count
        while start < end, let length = Self.blankByteCount(at: start, in: text.bytes) { start += length }
        while end > start, let length = Self.blankByteCount(before: end, in: text.bytes) { end -= length }
        guard start > 0 || end < text.count else { return }
        notes.append(RecognitionNote(.whiteSpace, at: start > 0 ? text.place(0) : text.place(end)))
        text = text[start..<max(start, end)]
    }

    /// U+3000, U+FEFF and U+00A0 in UTF-8.
    private static let wideBlanks: [[UInt8]] = [[0xE3, 0x80, 0x80], [0xEF, 0xBB, 0xBF], [0xC2, 0xA0]]

    private static func blankByteCount(at offset: Int, in bytes: [UInt8]) -> Int? {
        if bytes[offset] == 0x20 || (0x09...0x0D).contains(bytes[offset]) { return 1 }
        return wideBlanks.first { bytes[offset...].starts(with: $0) }?.count
    }

    private static func blankByteCount(before end: Int, in bytes: [UInt8]) -> Int? {
        if bytes[end - 1] == 0x20 || (0x09...0x0D).contains(bytes[end - 1]) { return 1 }
        return wideBlanks.first { bytes[..<end].suffix($0.count).elementsEqual($0) }?.count
    }

    /// `]`, a letter and a digit in front: what kind of symbol the scanner has read (ISO/IEC 15424).
    private mutating func dropSymbology() {
        let bytes = text.bytes
        guard bytes.count > 3, bytes[0] == UInt8(ascii: "]"), bytes[1].isLetter, bytes[2].isDigit else { return }
        isMarkedGS1 = Self.gs1Marks.contains { bytes.prefix(3).elementsEqual($0.utf8) }
        notes.append(RecognitionNote(.symbology(Array(bytes.prefix(3))), at: text.place(0)))
        text = text.dropFirst(3)
    }

    private mutating func fold() {
        let form = FullWidthText(text)
        switch form.outcome {
        case .plain: return
        case .suffixKept(let offset): notes.append(RecognitionNote(.suffixKept, at: text.place(offset)))
        case .folded(let folded, let offset, let suffixOffset):
            notes.append(RecognitionNote(.fullWidth, at: text.place(offset)))
            if let suffixOffset { notes.append(RecognitionNote(.suffixFolded, at: text.place(suffixOffset))) }
            text = folded
        }
    }
}
