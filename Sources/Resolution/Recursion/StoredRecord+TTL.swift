internal import ResolutionProtocol

/// What a cache changes in a record, and what keeps it from doing so.
extension StoredRecord {
    /// Types whose values sign others of the record, their TTL included (data-model.md §8).
    private static let signatureTypes = ["HS_SIGNATURE", "10320/SIG.DIGEST", "10320/SIG.SIG"].map { Array($0.utf8) }
    /// Offset of the octet that says what the TTL means, in a value in wire form.
    private static let ttlTypeOffset = 8
    /// Offset of the TTL.
    private static let ttlOffset = 9
    /// Offset of the type.
    private static let typeOffset = 14

    /// Whether a value of `record` signs others; true where it cannot be read.
    static func isSigned(_ record: RawSpan) -> Bool {
        guard let view = try? StoredRecordView(record), let values = try? view.decodedValues() else { return true }
        return values.contains { signatureTypes.contains(ASCIIFolding.uppercased($0.type)) }
    }

    /// Lowers each relative TTL of the record in `bytes` to `seconds`, where it is more. Allocates nothing; what
    /// cannot be read stays as it is.
    static func boundTTL(ofRecordIn bytes: UnsafeMutableRawBufferPointer, seconds: Int32) {
        guard let view = try? StoredRecordView(bytes.bytes) else { return }
        let start = bytes.count &- view.values.byteCount
        var reader = WireReader(view.values)
        for _ in 0..<view.valueCount {
            let place = start &+ reader.offset
            guard (try? skipValue(&reader)) != nil else { return }
            // Safe: the reader has passed the whole value that begins at place.
            let isRelative = bytes.load(fromByteOffset: place &+ ttlTypeOffset, as: UInt8.self) == 0
            let ttl = bytes.loadUnaligned(fromByteOffset: place &+ ttlOffset, as: Int32.self).bigEndian
            guard isRelative, ttl > seconds else { continue }
            bytes.storeBytes(of: seconds.bigEndian, toByteOffset: place &+ ttlOffset, as: Int32.self)
        }
    }

    private static func skipValue(_ reader: inout WireReader) throws(WireError) {
        try reader.skip(typeOffset)
        try reader.skip(try reader.length())
        try reader.skip(try reader.length())
        for _ in 0..<(try reader.count(itemByteCountMin: 8)) {
            try reader.skip(try reader.length())
            try reader.skip(4)
        }
    }
}
