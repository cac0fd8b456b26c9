import Glibc

/// How many files an archive in the 64-bit form says it has, read before libzip reserves memory for each of them. The
/// old form cannot say more than 65,535.
enum ZipDirectoryCount {
    /// Where the end of an archive is looked for: its records, and the longest comment.
    private static let tailByteCount = 65_535 + 22 + 20
    /// Begins the record that tells where the 64-bit record is.
    private static let locator: [UInt8] = [0x50, 0x4B, 6, 7]
    /// Begins the 64-bit record itself.
    private static let record: [UInt8] = [0x50, 0x4B, 6, 6]

    /// Throws `.tooLarge` if the archive of `byteCount` bytes says that it has more than `entryCountMax`. `read` gives
    /// the bytes at an offset, fewer where there are no more.
    static func check(
        byteCount: Int,
        _ read: (_ offset: Int, _ count: Int) -> [UInt8]
    ) throws(RecordFileError) {
        let tail = read(max(0, byteCount - tailByteCount), min(byteCount, tailByteCount))
        var position = 0
        while position + 16 <= tail.count {
            if tail[position..<position + 4].elementsEqual(locator) {
                let offset = number(tail[(position + 8)..<(position + 16)])
                let found = offset.map { read($0, 40) } ?? []
                let isRecord = found.count == 40 && found[..<4].elementsEqual(record)
                let count = isRecord ? number(found[32..<40]) ?? Int.max : 0
                guard count <= SpreadsheetLimits.entryCountMax else { throw .spreadsheet(.tooLarge) }
            }
            position += 1
        }
    }

    /// Reads of an open file.
    static func check(descriptor: Int32) throws(RecordFileError) {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw .readFailed(byteOffset: 0, errno: errno) }
        // A pipe has no end to look at; libzip refuses it.
        try check(byteCount: Int(status.st_size)) { offset, count in
            var bytes = [UInt8](repeating: 0, count: count)
            let got = bytes.withUnsafeMutableBytes { pread(descriptor, $0.baseAddress, count, off_t(offset)) }
            return Array(bytes.prefix(max(got, 0)))
        }
    }

    /// Reads of bytes in memory.
    static func check(bytes: [UInt8]) throws(RecordFileError) {
        try check(byteCount: bytes.count) { offset, count in
            offset < bytes.count ? Array(bytes[offset...].prefix(count)) : []
        }
    }

    /// Lowest byte first; `nil` if it is over `Int.max`.
    private static func number(_ bytes: ArraySlice<UInt8>) -> Int? {
        Int(exactly: bytes.reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) })
    }
}
