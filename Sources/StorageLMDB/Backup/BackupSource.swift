internal import CZstd
internal import Glibc
internal import ResolutionProtocol

/// What a backup file says of itself, once all of it has been read and agrees.
public struct BackupContents: Hashable, Sendable {
    /// What must come out when it is restored.
    public var summary: BackupSummary
    /// The manifest, as whoever made the backup wrote it.
    public var manifest: [UInt8]

    /// A backup's own words.
    public init(summary: BackupSummary, manifest: [UInt8]) {
        self.summary = summary
        self.manifest = manifest
    }
}

/// Reads a backup from its beginning to its end, once; `-` is standard input.
public final class BackupSource {
    /// The file's name.
    public let path: String
    /// Bytes of the file; 0: not known.
    public let fileByteCount: Int
    private let descriptor: Int32
    private var offset = 0
    private var stored = [UInt8]()
    private let decompressor: OpaquePointer?

    /// Opens the file at `path`.
    public init(path: String) throws(BackupError) {
        self.path = path
        descriptor = path == "-" ? 0 : open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .system(path: path, operation: "open", errno: errno) }
        var status = stat()
        let isFile = fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
        fileByteCount = isFile ? Int(status.st_size) : 0
        decompressor = ZSTD_createDCtx()
    }

    deinit {
        ZSTD_freeDCtx(decompressor)
        if descriptor > 0 { close(descriptor) }
    }

    /// Reads and checks everything; `rows` is lent the rows of each block, and `goOn` is told how many bytes have been
    /// read: false ends the reading.
    func read(
        rows: (RawSpan) throws(BackupError) -> Void,
        goOn: (Int) -> Bool
    ) throws(BackupError) -> BackupContents {
        try readFileHead()
        var seen = BackupSummary()
        var digest = BackupDigest()
        while true {
            let (start, number) = (offset, seen.blockCount)
            let head = try readHead()
            let checksum = try readStored(head, number: number, at: start)
            guard head.kind == .rows else {
                guard head.kind == .summary else { throw .damagedBlock(path: path, offset: start) }
                seen.digest = digest.words
                return try readEnd(seen, at: start)
            }
            let block = try decompress(head, at: start)
            try rows(block.span.bytes)
            digest.add(checksum)
            seen.blockCount += 1
            seen.rawByteCount += head.rawByteCount
            seen.byteCount += head.byteCount + BackupBlock.headByteCount
            guard goOn(offset) else { throw .interrupted }
        }
    }

    /// The summary, which lies in `stored`, and the manifest behind it; then the file ends.
    private func readEnd(_ seen: BackupSummary, at start: Int) throws(BackupError) -> BackupContents {
        let summary: BackupSummary
        do throws(WireError) {
            var reader = WireReader(stored.span.bytes)
            summary = try BackupSummary(from: &reader)
        } catch {
            throw .damagedBlock(path: path, offset: start)
        }
        var expected = seen
        expected.firstSequence = summary.firstSequence
        expected.lastSequence = summary.lastSequence
        expected.tables = summary.tables
        guard expected == summary else {
            throw .disagrees(path: path, reason: "blocks and digest are not those of the summary")
        }
        let manifestStart = offset
        let head = try readHead()
        guard head.kind == .manifest else { throw .damagedBlock(path: path, offset: manifestStart) }
        _ = try readStored(head, number: seen.blockCount + 1, at: manifestStart)
        var one = [UInt8](repeating: 0, count: 1)
        guard try fill(&one) == 0 else { throw .disagrees(path: path, reason: "bytes follow behind the end") }
        return BackupContents(summary: summary, manifest: stored)
    }

    private func readFileHead() throws(BackupError) {
        var bytes = [UInt8](repeating: 0, count: BackupBlock.fileHeadByteCount)
        guard try fill(&bytes) == bytes.count else { throw .notABackup(path: path) }
        var reader = WireReader(bytes.span.bytes)
        guard (try? reader.uint64()) == BackupBlock.magic, let version = try? reader.uint32() else {
            throw .notABackup(path: path)
        }
        guard version <= UInt32(BackupBlock.version) else {
            throw .newerFormat(path: path, version: Int(version), supported: BackupBlock.version)
        }
    }

    private func readHead() throws(BackupError) -> BackupBlock.Head {
        let start = offset
        var bytes = [UInt8](repeating: 0, count: BackupBlock.headByteCount)
        guard try fill(&bytes) == bytes.count else { throw .cutShort(path: path, byteCount: offset) }
        do { return try BackupBlock.head(bytes.span.bytes) } catch {
            throw .damagedBlock(path: path, offset: start)
        }
    }

    /// Reads a block's bytes into `stored`, compares them with their checksum, and returns that. Memory is taken as
    /// bytes come, so that a length that is a lie costs nothing.
    private func readStored(_ head: BackupBlock.Head, number: Int, at start: Int) throws(BackupError) -> UInt64 {
        stored.removeAll(keepingCapacity: true)
        var left = head.byteCount
        var part = [UInt8](repeating: 0, count: min(left, 4 << 20))
        while left > 0 {
            if left < part.count { part.removeLast(part.count - left) }
            guard try fill(&part) == part.count else { throw .cutShort(path: path, byteCount: offset) }
            stored += part
            left -= part.count
        }
        let checksum = stored.withUnsafeBytes { BackupBlock.checksum($0, number: number) }
        guard checksum == head.checksum else { throw .damagedBlock(path: path, offset: start) }
        return checksum
    }

    private func decompress(_ head: BackupBlock.Head, at start: Int) throws(BackupError) -> [UInt8] {
        let raw = [UInt8](unsafeUninitializedCapacity: head.rawByteCount) { target, count in
            let written = stored.withUnsafeBytes {
                ZSTD_decompressDCtx(decompressor, target.baseAddress, target.count, $0.baseAddress, $0.count)
            }
            count = ZSTD_isError(written) == 0 ? written : 0
        }
        guard raw.count == head.rawByteCount else { throw .damagedBlock(path: path, offset: start) }
        return raw
    }

    /// Fills `bytes` as far as the file goes; returns how far.
    private func fill(_ bytes: inout [UInt8]) throws(BackupError) -> Int {
        var filled = 0
        while filled < bytes.count {
            let count = bytes.withUnsafeMutableBytes {
                Glibc.read(descriptor, $0.baseAddress.map { $0 + filled }, $0.count - filled)
            }
            if count < 0 {
                guard errno == EINTR else { throw .system(path: path, operation: "read", errno: errno) }
            } else if count == 0 {
                break
            } else {
                filled += count
            }
        }
        offset += filled
        return filled
    }
}
