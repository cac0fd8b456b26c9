internal import CLMDB
internal import CZstd
internal import ResolutionProtocol

/// The rows of a load entry or a base entry of the log, compressed.
///
///     0  bytes before compression  u32
///     4  rows                      u32
///     8  zstd frame of: { sequence u64, name u16 + bytes, value list u32 + bytes } …
///
/// `sequence` is that of the change that wrote the record, where the entry's own is another (base); else 0.
enum LoadChunk {
    /// The most rows of a chunk.
    static let rowCountMax = 10_000
    /// Bytes at which a chunk is closed, before compression.
    static let byteCountSoftMax = 4 << 20
    /// More is not believed when reading.
    private static let byteCountMax: UInt32 = 64 << 20
    private static let compressionLevel: Int32 = 1

    /// One row, lent.
    struct Row: ~Escapable {
        let sequence: UInt64
        let name: RawSpan
        let valueList: RawSpan

        @_lifetime(copy reader)
        init(from reader: inout WireReader) throws(WireError) {
            sequence = try reader.uint64()
            name = try reader.span(byteCount: Int(try reader.uint16()))
            valueList = try reader.lengthPrefixedSpan()
        }
    }

    /// Appends one row in the form before compression.
    static func appendRow(sequence: UInt64, name: RawSpan, valueList: RawSpan, to writer: inout WireWriter) {
        writer.uint64(sequence)
        writer.uint16(UInt16(truncatingIfNeeded: name.byteCount))
        writer.span(name)
        writer.lengthPrefixedSpan(valueList)
    }

    /// Appends the chunk of `rowCount` rows in `rows`.
    static func append(
        rows: UnsafeRawBufferPointer,
        rowCount: Int,
        compressor: OpaquePointer?,
        to writer: inout WireWriter
    ) throws(LMDBError) {
        writer.uint32(UInt32(rows.count))
        writer.uint32(UInt32(rowCount))
        let bound = ZSTD_compressBound(rows.count)
        guard let target = writer.reserve(bound) else { throw .tooLarge }
        let count =
            compressor.map { ZSTD_compressCCtx($0, target, bound, rows.baseAddress, rows.count, compressionLevel) }
            ?? ZSTD_compress(target, bound, rows.baseAddress, rows.count, compressionLevel)
        guard ZSTD_isError(count) == 0 else { throw .tooLarge }
        writer.advance(count)
    }

    /// Calls `body` with each row of `chunk` until it returns false.
    static func forEachRow(
        of chunk: RawSpan,
        _ body: (borrowing Row) throws(WireError) -> Bool
    ) throws(WireError) {
        var reader = WireReader(chunk)
        let byteCount = try reader.uint32()
        let rowCount = try reader.uint32()
        guard byteCount <= byteCountMax else { throw .lengthOutOfRange }
        let rows = UnsafeMutableRawBufferPointer.allocate(byteCount: Int(byteCount), alignment: 16)
        defer { rows.deallocate() }
        let compressed = try reader.span(byteCount: reader.remaining)
        let count = compressed.withUnsafeBytes {
            ZSTD_decompress(rows.baseAddress, rows.count, $0.baseAddress, $0.count)
        }
        guard ZSTD_isError(count) == 0, count == rows.count else { throw .invalidField }
        var rowReader = WireReader(UnsafeRawBufferPointer(rows).bytes)
        for _ in 0..<rowCount where try !body(Row(from: &rowReader)) { return }
        try rowReader.finish()
    }
}
