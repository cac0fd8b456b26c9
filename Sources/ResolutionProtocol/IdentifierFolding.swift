/// How identifiers become keys: which part of them is compared without regard to ASCII case.
public struct IdentifierFolding: Hashable, Sendable {
    /// Whether case counts in suffixes (outside `0.…`, whose names never distinguish it). Fixed when a store is made.
    public let isSuffixCaseSensitive: Bool

    /// The rule of a store.
    public init(isSuffixCaseSensitive: Bool) {
        self.isSuffixCaseSensitive = isSuffixCaseSensitive
    }

    /// Appends the key of `identifier` and returns how many bytes its prefix has in the key.
    ///
    /// `88.118.8` and `0.NA/88.118.8` have the same key; the prefix of both is `0.NA`.
    @inlinable
    public func appendKey(of identifier: RawSpan, to writer: inout WireWriter) -> Int {
        guard let slash = IdentifierGrammar.slash(in: identifier) else {
            Self.appendPrefixRecordHead(to: &writer)
            writer.uppercased(identifier)
            return 4
        }
        guard isSuffixCaseSensitive, !Self.isSystemName(identifier) else {
            writer.uppercased(identifier)
            return slash
        }
        writer.uppercased(identifier.extracting(0..<slash))
        writer.span(identifier.extracting(slash..<identifier.byteCount))
        return slash
    }

    /// The key of `identifier`.
    public func key(of identifier: [UInt8]) -> [UInt8] {
        var writer = WireWriter(capacity: identifier.count + 8)
        _ = appendKey(of: identifier.span.bytes, to: &writer)
        return [UInt8](writer.bytes)
    }

    /// Whether the name begins with `0.`.
    @inlinable
    static func isSystemName(_ identifier: RawSpan) -> Bool {
        identifier.byteCount >= 2
            && identifier.unsafeLoad(fromByteOffset: 0, as: UInt8.self) == UInt8(ascii: "0")
            && identifier.unsafeLoad(fromByteOffset: 1, as: UInt8.self) == UInt8(ascii: ".")
    }

    /// Appends `0.NA/`.
    @inlinable
    static func appendPrefixRecordHead(to writer: inout WireWriter) {
        writer.uint32(0x302E_4E41)
        writer.uint8(UInt8(ascii: "/"))
    }
}
