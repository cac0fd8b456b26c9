internal import CLMDB
internal import ResolutionProtocol

/// Writes a load or base entry of the log and the row that says which keys it covers.
enum LoadEntry {
    static func write(
        _ kind: LogEntry.Kind,
        sequence: UInt64,
        unixSeconds: UInt64,
        origin: [UInt8],
        rows: UnsafeRawBufferPointer,
        rowCount: Int,
        range: LoadRange,
        _ transaction: Transaction
    ) throws(LMDBError) {
        var body = WireWriter(capacity: rows.count / 2, byteCountMax: 1 << 30)
        try LoadChunk.append(rows: rows, rowCount: rowCount, compressor: nil, to: &body)
        var writer = WireWriter(capacity: body.count + 256, byteCountMax: 1 << 30)
        try write(
            kind,
            sequence: sequence,
            unixSeconds: unixSeconds,
            origin: origin,
            chunk: body.bytes,
            range: range,
            transaction,
            in: &writer
        )
    }

    /// The same for a chunk that is compressed already.
    static func write(
        _ kind: LogEntry.Kind,
        sequence: UInt64,
        unixSeconds: UInt64,
        origin: [UInt8],
        chunk: RawSpan,
        range: LoadRange,
        _ transaction: Transaction,
        in writer: inout WireWriter
    ) throws(LMDBError) {
        let key = sequence.bigEndianBytes
        Sealed.begin(&writer)
        LogEntry.writeHead(kind, unixSeconds: unixSeconds, origin: origin, to: &writer)
        writer.span(chunk)
        guard !writer.hasOverflowed else { throw .tooLarge }
        key.withUnsafeBytes { Sealed.end(&writer, key: $0) }
        try transaction.put(transaction.tables.log, key, writer.raw, flags: MDB_APPEND)
        try transaction.putSealed(transaction.tables.loads, key, flags: MDB_APPEND, in: &writer) {
            range.write(to: &$0)
        }
    }
}
