/// Writes JSON (RFC 8259) as it goes: no tree is built, and what is written can be taken away at any time.
///
/// Objects and arrays close themselves. Text from records may be any bytes: what is not UTF-8 becomes U+FFFD, and what
/// a terminal would act upon is written as `\u` and four digits, which reads back as the same text. Compact: no space
/// and no newline.
///
///     var json = JSONText()
///     json.object { json in
///         json.key("index")
///         json.number(1)
///         json.key("data")
///         json.string(value.data)
///     }
package struct JSONText: ~Copyable {
    private var written: [UInt8] = []
    /// Whether a comma is due before the next value of the innermost array or object.
    private var isCommaDue = false
    private var isAfterKey = false

    /// Nothing written yet.
    package init() {}

    /// Takes away all that has been written since the last taking, so that a stream of any length needs little memory.
    package mutating func take() -> [UInt8] {
        defer { written.removeAll(keepingCapacity: true) }
        return written
    }

    /// How many bytes wait to be taken.
    package var byteCount: Int { written.count }

    /// Ends a document of JSON Lines; the next value begins a new one.
    package mutating func endLine() {
        written.append(UInt8(ascii: "\n"))
        isCommaDue = false
    }

    /// Writes an object whose members `body` writes, each as `key(…)` and one value.
    package mutating func object<E: Error>(_ body: (inout JSONText) throws(E) -> Void) throws(E) {
        try enclosed(in: "{", "}", body)
    }

    /// Writes an array whose elements `body` writes.
    package mutating func array<E: Error>(_ body: (inout JSONText) throws(E) -> Void) throws(E) {
        try enclosed(in: "[", "]", body)
    }

    /// Writes the name of the member whose value comes next.
    package mutating func key(_ name: String) {
        beginValue()
        quote(Array(name.utf8))
        written.append(UInt8(ascii: ":"))
        isAfterKey = true
    }

    /// Writes text.
    package mutating func string(_ text: String) {
        string(Array(text.utf8))
    }

    /// Writes bytes as text.
    package mutating func string(_ bytes: [UInt8]) {
        beginValue()
        quote(bytes)
    }

    /// Writes a whole number, in full however large.
    package mutating func number(_ value: some BinaryInteger) {
        beginValue()
        written += Array(String(value).utf8)
    }

    /// Writes a number; what JSON has no number for (infinite, not a number) is `null`.
    package mutating func number(_ value: Double) {
        beginValue()
        written += Array((value.isFinite ? value.description : "null").utf8)
    }

    /// Writes `true` or `false`.
    package mutating func boolean(_ value: Bool) {
        beginValue()
        written += Array((value ? "true" : "false").utf8)
    }

    /// Writes `null`.
    package mutating func null() {
        word("null")
    }

    /// Writes a number, `true`, `false` or `null` as it stands in JSON.
    package mutating func word(_ word: String) {
        beginValue()
        written += Array(word.utf8)
    }

    private mutating func enclosed<E: Error>(
        in opening: Unicode.Scalar,
        _ closing: Unicode.Scalar,
        _ body: (inout JSONText) throws(E) -> Void
    ) throws(E) {
        beginValue()
        written.append(UInt8(ascii: opening))
        isCommaDue = false
        try body(&self)
        written.append(UInt8(ascii: closing))
        isCommaDue = true
    }

    private mutating func beginValue() {
        if isCommaDue, !isAfterKey { written.append(UInt8(ascii: ",")) }
        isAfterKey = false
        isCommaDue = true
    }

    private mutating func quote(_ bytes: [UInt8]) {
        written.append(UInt8(ascii: "\""))
        if bytes.allSatisfy(Self.isPlain) {
            written += bytes
        } else {
            for piece in UTF8Pieces(bytes) { append(piece) }
        }
        written.append(UInt8(ascii: "\""))
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        byte >= 0x20 && byte < 0x7F && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
    }

    private mutating func append(_ piece: UTF8Pieces.Piece) {
        switch piece {
        case .illFormed: written += [0xEF, 0xBF, 0xBD]
        case .scalar("\n"): written += [UInt8(ascii: "\\"), UInt8(ascii: "n")]
        case .scalar(let scalar) where scalar == "\"" || scalar == "\\":
            written.append(UInt8(ascii: "\\"))
            append(scalar)
        case .scalar(let scalar) where HiddenScalar.contains(scalar):
            for unit in UTF16.encode(scalar) ?? UTF16.encodedReplacementCharacter { append(utf16Unit: unit) }
        case .scalar(let scalar): append(scalar)
        }
    }

    private mutating func append(_ scalar: Unicode.Scalar) {
        written += Array(UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
    }

    private mutating func append(utf16Unit unit: UInt16) {
        let digits = String(unit, radix: 16)
        written += Array("\\u\(String(repeating: "0", count: 4 - digits.utf8.count))\(digits)".utf8)
    }
}
