internal import Console
internal import Cryptography
internal import Glibc

/// The node's own key: it signs answers and is stated in the site record. Made at the first start, kept in the data
/// directory, readable by the node alone.
enum SiteKey {
    private static let fileName = "site.key"
    private static let byteCountMax = 64 << 10
    private static let bitCount = 2_048

    /// The key of the node whose data are in `directory`.
    static func open(directory: String) throws(Failure) -> PrivateKey {
        let path = directory + (directory.hasSuffix("/") ? "" : "/") + fileName
        let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            guard errno == ENOENT else { throw Failure(.cannotRead(file: path, errorNumber: errno)) }
            return try make(at: path)
        }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw Failure(.cannotRead(file: path, errorNumber: errno)) }
        guard status.st_mode & 0o077 == 0 else { throw Failure(.keyReadableByOthers(file: path)) }
        var bytes = [UInt8](repeating: 0, count: byteCountMax)
        let count = read(descriptor, &bytes, bytes.count)
        guard count > 0, let key = try? PrivateKey(pem: Array(bytes.prefix(count)), passphrase: nil) else {
            throw Failure(.notAKey(file: path))
        }
        return key
    }

    /// A new key, in a file that is whole or not there.
    private static func make(at path: String) throws(Failure) -> PrivateKey {
        guard let key = try? PrivateKey.generate(.rsa, bitCount: bitCount), let pem = try? key.pem(passphrase: nil)
        else {
            throw Failure(.notAKey(file: path))
        }
        let temporary = path + ".new"
        let descriptor = Glibc.open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Failure(.cannotWrite(file: temporary, errorNumber: errno)) }
        let isWritten = write(descriptor, pem, pem.count) == pem.count && fsync(descriptor) == 0
        let reason = errno
        close(descriptor)
        guard isWritten, rename(temporary, path) == 0 else {
            throw Failure(.cannotWrite(file: path, errorNumber: isWritten ? errno : reason))
        }
        return key
    }
}
