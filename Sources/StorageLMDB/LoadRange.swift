internal import ResolutionProtocol

/// The first and the last key of a chunk of the log, in the order of the records.
struct LoadRange {
    let first: [UInt8]
    let last: [UInt8]

    init(_ content: RawSpan) throws(WireError) {
        var reader = WireReader(content)
        first = try reader.lengthPrefixedBytes()
        last = try reader.lengthPrefixedBytes()
        try reader.finish()
    }

    init(first: [UInt8], last: [UInt8]) {
        self.first = first
        self.last = last
    }

    func write(to writer: inout WireWriter) {
        writer.lengthPrefixedBytes(first)
        writer.lengthPrefixedBytes(last)
    }

    func contains(_ key: [UInt8]) -> Bool {
        !key.lexicographicallyPrecedes(first) && !last.lexicographicallyPrecedes(key)
    }
}
