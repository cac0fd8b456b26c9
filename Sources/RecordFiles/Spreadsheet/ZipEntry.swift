internal import CZip

/// One file of an archive, expanded as it is read.
final class ZipEntry {
    private let archive: ZipArchive
    private let handle: OpaquePointer
    private let packedByteCount: Int
    /// Its expanded size as the archive states it.
    let byteCount: Int
    /// What it can come to at most: neither more than stated nor more than it may expand to.
    var byteCountMax: Int {
        let (expanded, isOver) = packedByteCount.multipliedReportingOverflow(by: SpreadsheetLimits.expansionMax)
        return isOver ? byteCount : min(byteCount, max(expanded, SpreadsheetLimits.expansionFreeByteCount))
    }
    /// How much has been read.
    private(set) var byteOffset = 0

    /// Takes ownership of `handle`, an open file of `archive`.
    init(_ archive: ZipArchive, _ handle: OpaquePointer, packedByteCount: Int, byteCount: Int) {
        self.archive = archive
        self.handle = handle
        self.packedByteCount = packedByteCount
        self.byteCount = byteCount
    }

    deinit { zip_fclose(handle) }

    /// Reads to the beginning of `room`; 0 at the end. Throws where the entry is damaged or expands too far: what the
    /// archive says of its size is not believed.
    func read(into room: UnsafeMutableRawBufferPointer) throws(RecordFileError) -> Int {
        let count = Int(zip_fread(handle, room.baseAddress, zip_uint64_t(room.count)))
        guard count >= 0 else { throw .spreadsheet(.damaged) }
        byteOffset += count
        guard byteOffset <= SpreadsheetLimits.expandedByteCountMax else { throw .spreadsheet(.expandsTooFar) }
        if byteOffset > SpreadsheetLimits.expansionFreeByteCount,
            byteOffset / SpreadsheetLimits.expansionMax > packedByteCount
        {
            throw .spreadsheet(.expandsTooFar)
        }
        return count
    }
}
