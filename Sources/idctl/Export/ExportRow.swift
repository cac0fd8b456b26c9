internal import RecordFiles
internal import ResolutionProtocol

/// Turns a record into a row of a file, without its secret keys.
struct ExportRow {
    /// The row, for a writer.
    private(set) var row = RecordRow()
    /// Values of the record that were left out because they are secret keys.
    private(set) var secretCount = 0

    /// Begins the record `name`.
    mutating func begin(_ name: RawSpan) {
        row.reset()
        row.setIdentifier(name)
        secretCount = 0
    }

    /// Adds all values of a stored record. Throws where they cannot be read.
    mutating func add(_ valueList: RawSpan) throws(WireError) {
        var reader = WireReader(valueList)
        let count = try reader.length()
        for _ in 0..<count { try addValue(from: &reader) }
        try reader.finish()
    }

    /// Adds a value.
    mutating func add(_ value: HandleValue) {
        guard !isSecret(value.type.span.bytes) else { return }
        var own = ValueRow(index: value.index)
        own.timestamp = value.timestamp == 0 ? nil : value.timestamp
        own.ttlIsAbsolute = value.ttlType != 0
        own.ttl = value.ttl
        own.permissions = value.permissions.rawValue
        row.addValue(own, type: value.type.span.bytes, data: value.data.span.bytes)
        for reference in value.references { row.addReference(reference.identifier.span.bytes, index: reference.index) }
    }

    /// Drops the time stamps of all values.
    mutating func dropTimestamps() { row.dropTimestamps() }

    private mutating func isSecret(_ type: RawSpan) -> Bool {
        let isSecret = RowEncoder.isSecret(type)
        if isSecret { secretCount += 1 }
        return isSecret
    }

    private mutating func addValue(from reader: inout WireReader) throws(WireError) {
        var value = ValueRow(index: try reader.uint32())
        let timestamp = try reader.uint32()
        value.timestamp = timestamp == 0 ? nil : timestamp
        value.ttlIsAbsolute = try reader.uint8() != 0
        value.ttl = try reader.int32()
        value.permissions = try reader.uint8()
        let type = try reader.lengthPrefixedSpan()
        let data = try reader.lengthPrefixedSpan()
        let referenceCount = try reader.count(itemByteCountMin: ValueReference.byteCountMin)
        let isSecret = isSecret(type)
        if !isSecret { row.addValue(value, type: type, data: data) }
        for _ in 0..<referenceCount {
            let identifier = try reader.lengthPrefixedSpan()
            let index = try reader.uint32()
            if !isSecret { row.addReference(identifier, index: index) }
        }
    }
}
