internal import Console
internal import Glibc

/// Reads and writes files that only their owner may read.
enum SecretFile {
    /// Bytes of a key or secret at most.
    private static let byteCountMax = 65_536

    /// The bytes of the file at `path`; refused where others than its owner may read it.
    static func read(_ path: String) throws(CommandFailure) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw CommandFailure(.cannotRead(file: path, errorNumber: errno)) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else {
            throw CommandFailure(.cannotRead(file: path, errorNumber: errno))
        }
        guard status.st_mode & 0o077 == 0 else { throw CommandFailure(.readableByOthers(path), exit: .notPermitted) }
        return try SmallFile.bytes(of: descriptor, path: path, byteCountMax: byteCountMax)
    }

    /// The secret in the file at `path`: all of it but a line end behind it.
    static func readLine(_ path: String) throws(CommandFailure) -> [UInt8] {
        var bytes = try read(path)
        if bytes.last == 0x0A { bytes.removeLast() }
        if bytes.last == 0x0D { bytes.removeLast() }
        guard !bytes.isEmpty else { throw CommandFailure(.emptySecret(path)) }
        return bytes
    }

    /// Writes a new file for its owner alone, and beside it one, with `.pub` behind its name, that anyone may read:
    /// both or none. Refused where there is one of them.
    static func createPair(_ path: String, _ bytes: [UInt8], publicText: [UInt8]) throws(CommandFailure) {
        try create(path, bytes, mode: 0o600)
        do throws(CommandFailure) {
            try create(path + ".pub", publicText, mode: 0o644)
        } catch {
            unlink(path)
            throw error
        }
    }

    private static func create(_ path: String, _ bytes: [UInt8], mode: mode_t) throws(CommandFailure) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
        guard descriptor >= 0 else {
            guard errno == EEXIST else { throw CommandFailure(.cannotWrite(file: path, errorNumber: errno)) }
            throw CommandFailure(.fileExists(path), exit: .conflict)
        }
        let isWritten = write(descriptor, bytes, bytes.count) == bytes.count && fsync(descriptor) == 0
        let reason = errno
        close(descriptor)
        guard isWritten else {
            unlink(path)
            throw CommandFailure(.cannotWrite(file: path, errorNumber: reason))
        }
    }
}
