internal import Resolution
internal import ResolutionProtocol

/// The form of a log entry in the data file: version, kind, time, origin, then what the kind needs.
///
///     0  version  u8
///     1  kind     u8
///     2  time     u64, seconds since 1970
///     10 origin   u32 + bytes
///     …  body
struct LogEntry: ~Escapable {
    private static let currentVersion: UInt8 = 1

    enum Kind: UInt8 {
        case put = 1
        case removed = 2
        case prefix = 3
        case prefixRemoved = 4
        case load = 5
        case base = 6
    }

    let kind: Kind
    let unixSeconds: UInt64
    let origin: RawSpan
    let body: RawSpan

    /// Reads the fields before the body.
    @_lifetime(copy content)
    init(_ content: RawSpan) throws(WireError) {
        var reader = WireReader(content)
        guard try reader.uint8() == Self.currentVersion, let kind = Kind(rawValue: try reader.uint8()) else {
            throw .invalidField
        }
        self.kind = kind
        unixSeconds = try reader.uint64()
        origin = try reader.lengthPrefixedSpan()
        body = try reader.span(byteCount: reader.remaining)
    }

    /// Writes the fields before the body.
    static func writeHead(_ kind: Kind, unixSeconds: UInt64, origin: [UInt8], to writer: inout WireWriter) {
        writer.uint8(currentVersion)
        writer.uint8(kind.rawValue)
        writer.uint64(unixSeconds)
        writer.lengthPrefixedBytes(origin)
    }

    /// All of it, copied out, as entry `sequence`.
    func entry(sequence: UInt64) throws(WireError) -> ChangeEntry {
        ChangeEntry(
            sequence: sequence,
            unixSeconds: unixSeconds,
            origin: [UInt8](origin),
            kind: try decodedKind()
        )
    }

    private func decodedKind() throws(WireError) -> ChangeEntry.Kind {
        var reader = WireReader(body)
        switch kind {
        case .put:
            let name = try reader.lengthPrefixedBytes()
            return .put(name: name, values: try reader.array())
        case .removed: return .removed(name: try reader.lengthPrefixedBytes())
        case .prefix: return .prefix(try PrefixRow(from: &reader))
        case .prefixRemoved: return .prefixRemoved(prefix: try reader.lengthPrefixedBytes())
        case .load: return .load(try decodedRows())
        case .base: return .base(try decodedRows())
        }
    }

    /// The rows of a load or a base.
    private func decodedRows() throws(WireError) -> [LoadedRecord] {
        var records: [LoadedRecord] = []
        try LoadChunk.forEachRow(of: body) { row throws(WireError) in
            var reader = WireReader(row.valueList)
            let values: [HandleValue] = try reader.array()
            records.append(LoadedRecord(name: [UInt8](row.name), values: values))
            return true
        }
        return records
    }
}
