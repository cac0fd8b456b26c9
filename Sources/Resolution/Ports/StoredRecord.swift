public import ResolutionProtocol

/// A record as stores keep and lend it: the values stand in it as they go on the wire, so that an answer is one copy.
///
///     0   flags          1: everyone may read every value, and none is a secret key
///     1   name length    u16; 0: the name is the key
///     3   sequence       u64, number of the change that wrote it
///     11  name           as first registered
///     …   value count    i4
///     …   values         back to back in wire form
public enum StoredRecord {
    /// Bytes before the name.
    static let headByteCount = 11
    /// Flag: the record can be answered whole.
    static let allPublicFlag: UInt8 = 1

    /// Appends the record of `name` with `values`. `key` is the name's key: a name equal to it is not written twice.
    public static func write(
        name: [UInt8],
        key: [UInt8],
        sequence: UInt64,
        values: [HandleValue],
        to writer: inout WireWriter
    ) {
        var list = WireWriter(capacity: 512)
        list.array(values)
        write(
            name: name.span.bytes,
            isNameTheKey: name == key,
            sequence: sequence,
            areAllPublic: HandleValue.areAllPublic(values),
            valueList: list.bytes,
            to: &writer
        )
    }

    /// Appends a record whose values are in wire form already: `valueList` begins with their count.
    public static func write(
        name: RawSpan,
        isNameTheKey: Bool,
        sequence: UInt64,
        areAllPublic: Bool,
        valueList: RawSpan,
        to writer: inout WireWriter
    ) {
        writer.uint8(areAllPublic ? allPublicFlag : 0)
        writer.uint16(isNameTheKey ? 0 : UInt16(truncatingIfNeeded: name.byteCount))
        writer.uint32(UInt32(truncatingIfNeeded: sequence >> 32))
        writer.uint32(UInt32(truncatingIfNeeded: sequence))
        if !isNameTheKey { writer.span(name) }
        writer.span(valueList)
    }
}

/// A stored record, read in place.
public struct StoredRecordView: ~Escapable {
    /// Whether the record can be answered whole.
    public let areAllPublic: Bool
    /// Number of the change that wrote it.
    public let sequence: UInt64
    /// The name as first registered; no bytes: it is the key.
    public let name: RawSpan
    /// Number of values.
    public let valueCount: Int
    /// The value count and the values, in wire form.
    public let valueList: RawSpan

    /// Reads the fields of `record` up to the values.
    @_lifetime(copy record)
    public init(_ record: RawSpan) throws(WireError) {
        var reader = WireReader(record)
        areAllPublic = try reader.uint8() & StoredRecord.allPublicFlag != 0
        let nameByteCount = Int(try reader.uint16())
        sequence = UInt64(try reader.uint32()) << 32 | UInt64(try reader.uint32())
        name = try reader.span(byteCount: nameByteCount)
        valueList = record.extracting(reader.offset..<record.byteCount)
        valueCount = try reader.length()
    }

    /// The values alone, back to back.
    public var values: RawSpan {
        @_lifetime(copy self)
        get { valueList.extracting(4..<valueList.byteCount) }
    }

    /// The values, copied out.
    public func decodedValues() throws(WireError) -> [HandleValue] {
        var reader = WireReader(valueList)
        let values: [HandleValue] = try reader.array()
        try reader.finish()
        return values
    }
}
