internal import CZstd
internal import ResolutionProtocol

/// Collects rows into blocks and writes them, compressed, to a target.
///
/// `put` and its neighbours only copy, so that a snapshot is held for as short as can be; `flush` compresses and
/// writes.
final class BackupWriter {
    private static let compressionLevel: Int32 = 3

    private let target: BackupTarget
    private let compressor: OpaquePointer?
    private var rows = WireWriter(capacity: 2 << 20, byteCountMax: BackupBlock.rawByteCountMax)
    private var compressed = WireWriter(capacity: 2 << 20, byteCountMax: BackupBlock.rawByteCountMax + (16 << 20))
    private var table = ""
    private var digest = BackupDigest()
    /// What has been written so far.
    private(set) var summary = BackupSummary()

    init(target: BackupTarget) throws(BackupError) {
        self.target = target
        compressor = ZSTD_createCCtx()
        BackupBlock.writeFileHead(to: &rows)
        try target.write(rows.raw)
        rows.removeAll()
    }

    deinit { ZSTD_freeCCtx(compressor) }

    /// Whether it is time to flush.
    var isFull: Bool { rows.count >= BackupBlock.rawByteCountSoftMax }

    /// Bytes that wait to be written.
    var waitingByteCount: Int { rows.count }

    func put(_ table: String, _ key: UnsafeRawBufferPointer, _ value: UnsafeRawBufferPointer) {
        begin(.put, table, key)
        rows.uint32(UInt32(truncatingIfNeeded: value.count))
        rows.span(value.bytes)
    }

    func remove(_ table: String, _ key: UnsafeRawBufferPointer) { begin(.remove, table, key) }

    /// Notes that the log has none of the sequence numbers from `first` to `last`.
    func gap(_ table: String, from first: UInt64, to last: UInt64) {
        name(table)
        rows.uint8(BackupBlock.Operation.gap.rawValue)
        rows.uint64(first)
        rows.uint64(last)
    }

    private func begin(_ operation: BackupBlock.Operation, _ table: String, _ key: UnsafeRawBufferPointer) {
        name(table)
        rows.uint8(operation.rawValue)
        rows.uint16(UInt16(truncatingIfNeeded: key.count))
        rows.span(key.bytes)
    }

    private func name(_ table: String) {
        guard table != self.table || rows.count == 0 else { return }
        self.table = table
        rows.uint8(BackupBlock.Operation.table.rawValue)
        rows.uint8(UInt8(truncatingIfNeeded: table.utf8.count))
        rows.bytes(Array(table.utf8))
    }

    /// Writes what has been collected; returns how many bytes the file has grown by.
    @discardableResult
    func flush() throws(BackupError) -> Int {
        guard rows.count > 0 else { return 0 }
        guard !rows.hasOverflowed else { throw tooLarge }
        compressed.removeAll()
        let bound = ZSTD_compressBound(rows.count)
        guard let place = compressed.reserve(bound) else { throw tooLarge }
        let raw = rows.raw
        let count = ZSTD_compressCCtx(compressor, place, bound, raw.baseAddress, raw.count, Self.compressionLevel)
        guard ZSTD_isError(count) == 0 else { throw tooLarge }
        compressed.advance(count)
        let checksum = try write(.rows, rawByteCount: raw.count, compressed.raw)
        digest.add(checksum)
        summary.blockCount += 1
        summary.rawByteCount += raw.count
        summary.byteCount += count + BackupBlock.headByteCount
        rows.removeAll()
        return count + BackupBlock.headByteCount
    }

    /// Writes the summary, completed by `complete`, and the manifest made of it; gives the file its name.
    func finish(
        _ complete: (inout BackupSummary) -> Void,
        manifest: (BackupSummary) -> [UInt8]
    ) throws(BackupError) -> BackupSummary {
        try flush()
        summary.digest = digest.words
        complete(&summary)
        var bytes = WireWriter(capacity: 1 << 10)
        summary.write(to: &bytes)
        let count = summary.blockCount
        _ = try write(.summary, rawByteCount: 0, bytes.raw, number: count)
        bytes.removeAll()
        bytes.bytes(manifest(summary))
        _ = try write(.manifest, rawByteCount: 0, bytes.raw, number: count + 1)
        try target.finish()
        return summary
    }

    private func write(
        _ kind: BackupBlock.Kind,
        rawByteCount: Int,
        _ bytes: UnsafeRawBufferPointer,
        number: Int? = nil
    ) throws(BackupError) -> UInt64 {
        let checksum = BackupBlock.checksum(bytes, number: number ?? summary.blockCount)
        var head = WireWriter(capacity: 32)
        BackupBlock.write(
            BackupBlock.Head(kind: kind, rawByteCount: rawByteCount, byteCount: bytes.count, checksum: checksum),
            to: &head
        )
        try target.write(head.raw)
        try target.write(bytes)
        return checksum
    }

    private var tooLarge: BackupError {
        .disagrees(path: target.path, reason: "more than \(BackupBlock.rawByteCountMax) bytes in one block")
    }
}
