/// Why bytes are not an identifier.
public enum IdentifierError: Error, Equatable, Sendable {
    /// No byte at all.
    case empty
    /// More than `IdentifierGrammar.byteCountMax` bytes.
    case tooLong(byteCount: Int)
    /// Nothing before the "/".
    case emptyPrefix
    /// Not UTF-8, from this byte on.
    case invalidUTF8(offset: Int)
    /// A control character at this byte.
    case controlCharacter(offset: Int)
}

/// What the resolution system names a thing by: `prefix/suffix`, or a bare prefix, for example `88.118.8/JXDY2106023`.
///
/// Holds the UTF-8 bytes as they go on the wire. Having one is proof that it may be *registered*: valid UTF-8 without
/// control characters, 1...2,048 bytes, a prefix before the "/". Grammar: RFC 3651 §2, data-model.md §1.
public struct Identifier: Hashable, Sendable {
    /// 1...2,048 bytes of UTF-8.
    public let bytes: [UInt8]

    /// Checks `bytes` against the grammar.
    public init(_ bytes: [UInt8]) throws(IdentifierError) {
        guard !bytes.isEmpty else { throw .empty }
        guard bytes.count <= IdentifierGrammar.byteCountMax else { throw .tooLong(byteCount: bytes.count) }
        guard bytes[0] != UInt8(ascii: "/") else { throw .emptyPrefix }
        if let offset = UTF8Text.firstInvalidOffset(in: bytes) { throw .invalidUTF8(offset: offset) }
        if let offset = UTF8Text.firstControlOffset(in: bytes) { throw .controlCharacter(offset: offset) }
        self.bytes = bytes
    }

    /// What stands before the "/", as spelt; `0.NA` for a bare prefix.
    public var prefix: [UInt8] { IdentifierGrammar.prefix(of: bytes) }

    /// What stands behind the "/"; all of a bare prefix.
    public var suffix: [UInt8] { IdentifierGrammar.suffix(of: bytes) }
}
