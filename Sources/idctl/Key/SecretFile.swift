internal import Console
internal import Glibc

/// Reads and writes files that only their owner may read.
enum SecretFile {
    /// The bytes of the file at `path`; refused where others than its owner may read it.
    static func read(_ path: String) throws(CommandFailure) -> [UInt8] {
        try read(path) { () throws(SecretBytes.Failure) in try SecretBytes.all(at: path) }
    }

    /// The secret in the file at `path`: all of it but a line end behind it.
    static func readLine(_ path: String) throws(CommandFailure) -> [UInt8] {
        let line = try read(path) { () throws(SecretBytes.Failure) in try SecretBytes.line(at: path) }
        guard !line.isEmpty else { throw CommandFailure(.emptySecret(path)) }
        return line
    }

    private static func read(
        _ path: String,
        _ body: () throws(SecretBytes.Failure) -> [UInt8]
    ) throws(CommandFailure) -> [UInt8] {
        do throws(SecretBytes.Failure) {
            return try body()
        } catch {
            switch error {
            case .unreadable(let errorNumber): throw CommandFailure(.cannotRead(file: path, errorNumber: errorNumber))
            case .readableByOthers: throw CommandFailure(.readableByOthers(path), exit: .notPermitted)
            }
        }
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
