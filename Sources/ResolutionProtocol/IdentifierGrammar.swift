/// The grammar of identifiers on bytes, shared by the owned `Identifier` and the query path (data-model.md §1).
///
///     identifier = prefix "/" suffix        the first "/" separates
///     prefix     = segment *( "." segment )
///
/// A name without "/" stands for a prefix: its record is `0.NA/` and the name.
public enum IdentifierGrammar {
    /// The longest identifier, in bytes.
    public static let byteCountMax = 2_048
    /// The longest folded form: a bare prefix with `0.NA/` in front.
    public static let foldedByteCountMax = byteCountMax + prefixRecordHead.count
    /// What stands before the prefix in the name of its record.
    public static let prefixRecordHead: [UInt8] = Array("0.NA/".utf8)

    /// Position of the first "/", or nil.
    @inlinable
    public static func slash(in identifier: RawSpan) -> Int? {
        var position = 0
        while position < identifier.byteCount {
            if identifier.unsafeLoad(fromByteOffset: position, as: UInt8.self) == UInt8(ascii: "/") { return position }
            position &+= 1
        }
        return nil
    }

    /// Whether a resolver may look for it at all: 1...2,048 bytes, with a prefix before the "/".
    @inlinable
    public static func isResolvable(_ identifier: RawSpan) -> Bool {
        guard identifier.byteCount > 0, identifier.byteCount <= byteCountMax else { return false }
        return identifier.unsafeLoad(fromByteOffset: 0, as: UInt8.self) != UInt8(ascii: "/")
    }

    /// What stands before the "/" of `identifier`, as spelt; `0.NA` for a bare prefix, nothing for nothing.
    public static func prefix(of identifier: [UInt8]) -> [UInt8] {
        if let slash = identifier.firstIndex(of: UInt8(ascii: "/")) { return Array(identifier[..<slash]) }
        return identifier.isEmpty ? [] : Array(prefixRecordHead.dropLast())
    }

    /// What stands behind the "/" of `identifier`, as spelt; all of a bare prefix.
    public static func suffix(of identifier: [UInt8]) -> [UInt8] {
        guard let slash = identifier.firstIndex(of: UInt8(ascii: "/")) else { return identifier }
        return Array(identifier[(slash + 1)...])
    }

    /// Whether `prefix` is `ancestor` with further segments; ASCII case does not matter.
    public static func isDerived(_ prefix: [UInt8], from ancestor: [UInt8]) -> Bool {
        guard prefix.count > ancestor.count, prefix[ancestor.count] == UInt8(ascii: ".") else { return false }
        return ASCIIFolding.areEqual(prefix[..<ancestor.count], ancestor[...])
    }

    /// `prefix` without its last segment; nil when it has only one.
    public static func parent(of prefix: [UInt8]) -> [UInt8]? {
        guard let dot = prefix.lastIndex(of: UInt8(ascii: ".")) else { return nil }
        return Array(prefix[..<dot])
    }

    /// The name of the record of `prefix`: `0.NA/` and the prefix in upper case.
    public static func prefixRecordName(of prefix: [UInt8]) -> [UInt8] {
        prefixRecordHead + ASCIIFolding.uppercased(prefix)
    }
}
