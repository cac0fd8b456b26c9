internal import RecordFiles
internal import ResolutionProtocol

/// Turns a stored record into a row of a file.
struct ExportRow {
    /// The row, for a writer.
    private(set) var row = RecordRow()
    /// Values left out because they are secret keys.
    private(set) var secretCount = 0

    /// Fills the row; false: nothing of the record may be written. Throws where the values cannot be read.
    mutating func fill(name: RawSpan, valueList: RawSpan) throws(WireError) -> Bool {
        row.reset()
        row.setIdentifier(name)
        var reader = WireReader(valueList)
        let count = try reader.length()
        for _ in 0..<count { try addValue(from: &reader) }
        try reader.finish()
        return !row.values.isEmpty
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
        let isSecret = RowEncoder.isSecret(type)
        if isSecret { secretCount += 1 } else { row.addValue(value, type: type, data: data) }
        for _ in 0..<referenceCount {
            let identifier = try reader.lengthPrefixedSpan()
            let index = try reader.uint32()
            if !isSecret { row.addReference(identifier, index: index) }
        }
    }
}
