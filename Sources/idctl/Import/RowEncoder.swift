internal import RecordFiles
internal import ResolutionProtocol

/// Turns a record of a file into the wire form of its values, in memory that is used again.
struct RowEncoder: ~Copyable {
    private static let secretType = Array("HS_SECKEY.".utf8)

    private var writer = WireWriter(capacity: 1 << 16)
    /// Whether everyone may read all values encoded last, and none is a secret key.
    private(set) var areAllPublic = true

    /// Lends the number of values and the values encoded last, as `WireWriter.array` writes them.
    func withValueList<Value, Failure: Error>(
        _ body: (RawSpan) throws(Failure) -> Value
    ) throws(Failure) -> Value {
        try body(writer.bytes)
    }

    /// Encodes the values of `row`; those of which `isWanted` says no are left out.
    mutating func encode(_ row: borrowing RecordRow, isWanted: (_ isPublic: Bool) -> Bool = { _ in true }) {
        writer.removeAll()
        areAllPublic = true
        writer.uint32(0)
        var count: UInt32 = 0
        let bytes = row.bytes.span.bytes
        for value in row.values {
            let type = bytes.extracting(value.type)
            let isPublic = value.permissions & ValuePermissions.publicRead.rawValue != 0 && !Self.isSecret(type)
            if !isPublic { areAllPublic = false }
            guard isWanted(isPublic) else { continue }
            count += 1
            writer.uint32(value.index)
            writer.uint32(value.timestamp ?? 0)
            writer.uint8(value.ttlIsAbsolute ? 1 : 0)
            writer.int32(value.ttl)
            writer.uint8(value.permissions)
            writer.lengthPrefixedSpan(type)
            writer.lengthPrefixedSpan(bytes.extracting(value.data))
            writer.uint32(UInt32(truncatingIfNeeded: value.references.count))
            for reference in row.references[value.references] {
                writer.lengthPrefixedSpan(bytes.extracting(reference.identifier))
                writer.uint32(reference.index)
            }
        }
        writer.overwriteUInt32(count, at: 0)
    }

    /// Whether the node never shows a value of `type`.
    static func isSecret(_ type: RawSpan) -> Bool {
        guard type.byteCount >= secretType.count - 1, type.unsafeLoad(fromByteOffset: 0, as: UInt8.self) | 0x20 == 0x68
        else { return false }
        return ValueType.selects(secretType.span.bytes, type)
    }
}
