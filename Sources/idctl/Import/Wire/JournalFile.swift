internal import Console
internal import Glibc

/// The file of a journal: read from its beginning, then cut and written on.
final class JournalFile {
    let path: String
    private let descriptor: Int32

    init(_ path: String, flags: Int32) throws(CommandFailure) {
        self.path = path
        descriptor = open(path, flags | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw CommandFailure(.cannotKeepJournal(path, errorNumber: errno)) }
    }

    deinit { close(descriptor) }

    /// Up to `byteCount` bytes; fewer at the end.
    func read(_ byteCount: Int) throws(CommandFailure) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: byteCount)
        var done = 0
        while done < byteCount {
            let count = bytes.withUnsafeMutableBytes {
                Glibc.read(descriptor, $0.baseAddress?.advanced(by: done), byteCount - done)
            }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw CommandFailure(.cannotRead(file: path, errorNumber: errno)) }
            if count == 0 { break }
            done += count
        }
        return Array(bytes.prefix(done))
    }

    /// Writes on at the end. Where there is no room for all of it, the rest is cut off when it is read again.
    func write(_ bytes: [UInt8]) throws(CommandFailure) {
        guard let reason = WholeWrite.write(bytes, to: descriptor) else { return }
        throw CommandFailure(.cannotKeepJournal(path, errorNumber: reason))
    }

    /// Drops what follows the first `byteCount` bytes, and writes on there.
    func cut(at byteCount: Int) throws(CommandFailure) {
        guard ftruncate(descriptor, off_t(byteCount)) == 0, lseek(descriptor, off_t(byteCount), SEEK_SET) >= 0 else {
            throw CommandFailure(.cannotKeepJournal(path, errorNumber: errno))
        }
    }
}
