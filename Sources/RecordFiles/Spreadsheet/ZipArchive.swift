internal import CZip
import Glibc

/// A zip archive that is read.
final class ZipArchive {
    private let handle: OpaquePointer
    /// What the archive is read from, where that is memory; libzip keeps its address.
    private let memory: UnsafeMutableRawBufferPointer?

    /// Opens the archive in an open file, which stays the caller's.
    init(descriptor: Int32) throws(RecordFileError) {
        try ZipDirectoryCount.check(descriptor: descriptor)
        let copy = dup(descriptor)
        guard copy >= 0 else { throw .readFailed(byteOffset: 0, errno: errno) }
        var code: Int32 = 0
        guard let opened = zip_fdopen(copy, 0, &code) else {
            close(copy)
            throw .spreadsheet(.notASpreadsheet)
        }
        handle = opened
        memory = nil
        try checkEntryCount()
    }

    /// Opens an archive in memory.
    init(bytes: [UInt8]) throws(RecordFileError) {
        try ZipDirectoryCount.check(bytes: bytes)
        let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: max(bytes.count, 1), alignment: 16)
        bytes.withUnsafeBytes { memory.copyMemory(from: $0) }
        guard let source = zip_source_buffer_create(memory.baseAddress, zip_uint64_t(bytes.count), 0, nil) else {
            memory.deallocate()
            throw .spreadsheet(.notASpreadsheet)
        }
        guard let opened = zip_open_from_source(source, ZIP_RDONLY, nil) else {
            zip_source_free(source)
            memory.deallocate()
            throw .spreadsheet(.notASpreadsheet)
        }
        handle = opened
        self.memory = memory
        try checkEntryCount()
    }

    deinit {
        zip_discard(handle)
        memory?.deallocate()
    }

    private func checkEntryCount() throws(RecordFileError) {
        guard zip_get_num_entries(handle, 0) <= SpreadsheetLimits.entryCountMax else { throw .spreadsheet(.tooLarge) }
    }

    /// The file `name` of the archive; `nil` if there is none. Throws where it is encrypted or packed by another method
    /// than those of spreadsheets.
    func entry(_ name: String) throws(RecordFileError) -> ZipEntry? {
        let index = zip_name_locate(handle, name, 0)
        guard let index = zip_uint64_t(exactly: index) else { return nil }
        var status = zip_stat_t()
        zip_stat_init(&status)
        let wanted = zip_uint64_t(
            ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE | ZIP_STAT_COMP_METHOD | ZIP_STAT_ENCRYPTION_METHOD
        )
        guard zip_stat_index(handle, index, 0, &status) == 0, status.valid & wanted == wanted else {
            throw .spreadsheet(.damaged)
        }
        guard status.encryption_method == UInt16(ZIP_EM_NONE) else { throw .spreadsheet(.encrypted) }
        guard status.comp_method == UInt16(ZIP_CM_STORE) || status.comp_method == UInt16(ZIP_CM_DEFLATE),
            let packedByteCount = Int(exactly: status.comp_size), let byteCount = Int(exactly: status.size)
        else { throw .spreadsheet(.damaged) }
        guard byteCount <= SpreadsheetLimits.expandedByteCountMax else { throw .spreadsheet(.expandsTooFar) }
        guard let file = zip_fopen_index(handle, index, 0) else { throw .spreadsheet(.damaged) }
        return ZipEntry(self, file, packedByteCount: packedByteCount, byteCount: byteCount)
    }
}
