/// Bytes in the armour of RFC 7468, read more freely than it writes: lines may have any width and end in LF, CRLF or
/// CR, and text may stand before and after.
public struct PEMBlock: Hashable, Sendable {
    public static let publicKeyLabel = "PUBLIC KEY"
    public static let rsaPublicKeyLabel = "RSA PUBLIC KEY"
    public static let privateKeyLabel = "PRIVATE KEY"
    public static let encryptedPrivateKeyLabel = "ENCRYPTED PRIVATE KEY"
    public static let rsaPrivateKeyLabel = "RSA PRIVATE KEY"
    public static let ecPrivateKeyLabel = "EC PRIVATE KEY"

    /// What stands in the first line, as `PUBLIC KEY`.
    public let label: String
    public let bytes: [UInt8]

    public init(label: String, bytes: [UInt8]) {
        self.label = label
        self.bytes = bytes
    }

    /// The first block of `text`, leaving out curve parameters, which go before some EC keys.
    ///
    /// Throws `.malformed` when there is none, when its last line names another label, or between them is no base64;
    /// `.unsupported` when it is encrypted in the way that PKCS#8 replaced (`Proc-Type`).
    public init(_ text: [UInt8]) throws(KeyError) {
        var lines = Self.lines(of: text)
        var block = try Self.next(of: &lines)
        while block.label == "EC PARAMETERS" { block = try Self.next(of: &lines) }
        self = block
    }

    /// Whether `text` holds the first line of a block.
    public static func isBegun(in text: [UInt8]) -> Bool {
        lines(of: text).contains { label(in: $0, after: begin) != nil }
    }

    /// The block with lines of `columnCount` characters, each ended by `lineEnd`.
    public func text(columnCount: Int = 64, lineEnd: [UInt8] = [0x0A]) -> [UInt8] {
        let characters = Base64.encode(bytes)
        var text = Self.begin + Array(label.utf8) + Self.dashes + lineEnd
        for start in stride(from: 0, to: characters.count, by: max(columnCount, 4)) {
            text += characters[start..<min(start + max(columnCount, 4), characters.count)] + lineEnd
        }
        return text + Self.end + Array(label.utf8) + Self.dashes + lineEnd
    }

    private static let begin = Array("-----BEGIN ".utf8)
    private static let end = Array("-----END ".utf8)
    private static let dashes = Array("-----".utf8)

    private static func lines(of text: [UInt8]) -> ArraySlice<ArraySlice<UInt8>> {
        text.split { $0 == 0x0A || $0 == 0x0D }[...]
    }

    private static func next(of lines: inout ArraySlice<ArraySlice<UInt8>>) throws(KeyError) -> PEMBlock {
        var label: [UInt8]?
        while label == nil {
            guard let line = lines.popFirst() else { throw .malformed }
            label = Self.label(in: line, after: begin)
        }
        var characters: [UInt8] = []
        while let label, let line = lines.popFirst() {
            if let ended = Self.label(in: line, after: end) {
                guard ended == label, let bytes = Base64.decode(characters) else { throw .malformed }
                return PEMBlock(label: String(decoding: label, as: UTF8.self), bytes: bytes)
            }
            guard !line.starts(with: Array("Proc-Type:".utf8)) else {
                throw .unsupported("a PEM key encrypted by Proc-Type")
            }
            characters += line
        }
        throw .malformed
    }

    /// The label of a first or last line; nil for other lines. Blanks after it do not count.
    private static func label(in line: ArraySlice<UInt8>, after start: [UInt8]) -> [UInt8]? {
        var line = line
        while let last = line.last, last == 0x20 || last == 0x09 { line = line.dropLast() }
        guard line.starts(with: start), line.count >= start.count + dashes.count,
            line.suffix(dashes.count).elementsEqual(dashes)
        else { return nil }
        return Array(line.dropFirst(start.count).dropLast(dashes.count))
    }
}
