internal import Glibc

/// Reads files that nobody but their owner may read: keys, secrets, passphrases.
package enum SecretBytes {
    package enum Failure: Error {
        /// The system's reason; `EFBIG`: it is longer than a key or secret.
        case unreadable(errorNumber: Int32)
        /// A secret that others could read is none.
        case readableByOthers
    }

    /// Bytes of a key or secret at most.
    private static let byteCountMax = 65_536

    /// The bytes of the file at `path`.
    package static func all(at path: String) throws(Failure) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .unreadable(errorNumber: errno) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw .unreadable(errorNumber: errno) }
        guard status.st_mode & 0o077 == 0 else { throw .readableByOthers }
        do throws(WholeFile.Failure) {
            return try WholeFile.bytes(of: descriptor, byteCountMax: byteCountMax)
        } catch {
            throw .unreadable(errorNumber: error.errorNumber)
        }
    }

    /// All of it but a line end behind it; perhaps nothing.
    package static func line(at path: String) throws(Failure) -> [UInt8] {
        var bytes = try all(at: path)
        if bytes.last == 0x0A { bytes.removeLast() }
        if bytes.last == 0x0D { bytes.removeLast() }
        return bytes
    }
}
