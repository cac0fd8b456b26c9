internal import Glibc
internal import ResolutionProtocol

/// What the last backup came to: a small file in the data directory, so that the node can tell of it whoever made the
/// backup, and after a restart too.
///
///     version      u8
///     result       u8    1: done
///     attempted    u64   seconds since 1970
///     succeeded    u64   seconds since 1970 at which the last one was done; 0: none
///     bytes, records, sequence  u64 each, of the last one that was done
public struct LastBackup: Hashable, Sendable {
    private static let key = Array("last-backup".utf8)
    private static let version: UInt8 = 1

    /// Whether the last attempt came to its end.
    public var isDone = false
    /// When it was made.
    public var attemptUnixSeconds: UInt64 = 0
    /// When the last one was made that came to its end; 0: never.
    public var successUnixSeconds: UInt64 = 0
    /// Bytes of that one's file.
    public var byteCount = 0
    /// Identifiers in it.
    public var recordCount = 0
    /// Its newest change.
    public var sequence: UInt64 = 0

    /// No backup yet.
    public init() {}

    /// What stands in `directory`; nil: nothing, or nothing readable.
    public static func read(in directory: String) -> LastBackup? {
        let descriptor = open(Paths(directory: directory).lastBackup, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: 256)
        let count = bytes.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress, $0.count) }
        guard count > 0 else { return nil }
        return bytes[..<count].withUnsafeBytes { value in
            key.withUnsafeBytes { key in
                guard let content = Sealed.open(value, key: key) else { return nil }
                return try? LastBackup(content.bytes)
            }
        }
    }

    /// Notes an attempt at `unixSeconds` in `directory`: done with `summary` in `byteCount` bytes, or not.
    ///
    /// False: it could not be written. The backup is as good without.
    @discardableResult
    public static func note(
        _ done: (summary: BackupSummary, byteCount: Int)?,
        in directory: String,
        unixSeconds: UInt64
    ) -> Bool {
        var last = read(in: directory) ?? LastBackup()
        last.isDone = done != nil
        last.attemptUnixSeconds = unixSeconds
        if let done {
            last.successUnixSeconds = unixSeconds
            last.byteCount = done.byteCount
            last.recordCount = done.summary.recordCount
            last.sequence = done.summary.lastSequence
        }
        return last.write(in: directory)
    }

    private init(_ content: RawSpan) throws(WireError) {
        var reader = WireReader(content)
        guard try reader.uint8() == Self.version else { throw .invalidField }
        isDone = try reader.uint8() == 1
        attemptUnixSeconds = try reader.uint64()
        successUnixSeconds = try reader.uint64()
        byteCount = Int(clamping: try reader.uint64())
        recordCount = Int(clamping: try reader.uint64())
        sequence = try reader.uint64()
        try reader.finish()
    }

    private func write(in directory: String) -> Bool {
        var writer = WireWriter(capacity: 128)
        Sealed.begin(&writer)
        writer.uint8(Self.version)
        writer.uint8(isDone ? 1 : 0)
        writer.uint64(attemptUnixSeconds)
        writer.uint64(successUnixSeconds)
        writer.uint64(UInt64(byteCount))
        writer.uint64(UInt64(recordCount))
        writer.uint64(sequence)
        Self.key.withUnsafeBytes { Sealed.end(&writer, key: $0) }
        let path = Paths(directory: directory).lastBackup
        let descriptor = open(path + ".new", O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        guard Glibc.write(descriptor, writer.address(of: 0), writer.count) == writer.count,
            fsync(descriptor) == 0
        else {
            unlink(path + ".new")
            return false
        }
        return rename(path + ".new", path) == 0
    }
}
