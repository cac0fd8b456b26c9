package import Cryptography
internal import ResolutionProtocol

/// The identifier of a template: its prefix, `/META_`, and ten hexadecimal digits that follow from its version, so that
/// prefix and version are found without an index, and never twice.
///
/// What is made under a template may be named by the template's identifier and a code right behind it
/// (identification-system.md §2).
package enum TemplateName {
    /// What a template's suffix begins with.
    package static let head = Array("META_".utf8)
    /// Digits behind that.
    package static let digitCount = 10

    /// The identifier of version `version` under `prefix`.
    package static func identifier(prefix: [UInt8], version: [UInt8]) throws(OpenSSLError) -> [UInt8] {
        let digest = try Digest.sha256.digest(of: version)
        return prefix + [UInt8(ascii: "/")] + head + HexadecimalText.lowercased(digest.prefix(digitCount / 2))
    }

    /// The template's identifier that `identifier` begins with, by its form alone; nil: it is not named after one.
    package static func head(of identifier: [UInt8]) -> ArraySlice<UInt8>? {
        guard let slash = identifier.firstIndex(of: UInt8(ascii: "/")) else { return nil }
        let suffix = identifier[(slash + 1)...]
        guard suffix.count >= head.count + digitCount,
            ASCIIFolding.areEqual(suffix.prefix(head.count), head[...]),
            suffix.dropFirst(head.count).prefix(digitCount).allSatisfy(isHexadecimal)
        else { return nil }
        return identifier[..<(suffix.startIndex + head.count + digitCount)]
    }

    /// Whether `identifier` may be named after a template, by a look at its beginning that copies nothing.
    package static func isNamed(_ identifier: RawSpan) -> Bool {
        guard let slash = IdentifierGrammar.slash(in: identifier) else { return false }
        let suffix = identifier.extracting((slash + 1)..<identifier.byteCount)
        guard suffix.byteCount >= head.count + digitCount else { return false }
        return ASCIIFolding.areEqual(suffix.extracting(first: head.count), head.span.bytes)
    }

    private static func isHexadecimal(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte | 0x20)
    }
}
