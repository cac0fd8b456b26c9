internal import Console
internal import Cryptography
internal import Glibc

/// A private key of the node's own, in a file that the node alone can read.
enum KeyFile {
    private static let byteCountMax = 64 << 10
    private static let rsaBitCount = 2_048

    /// The path of the file `name` in `directory`.
    static func path(_ name: String, in directory: String) -> String {
        directory + (directory.hasSuffix("/") ? "" : "/") + name
    }

    /// The key in the file at `path`; where there is no file, one of `kind` is made, or that is an error.
    static func open(_ path: String, making kind: KeyKind?) throws(Failure) -> PrivateKey {
        let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            guard errno == ENOENT, let kind else { throw Failure(.cannotRead(file: path, errorNumber: errno)) }
            return try make(kind, at: path)
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
    private static func make(_ kind: KeyKind, at path: String) throws(Failure) -> PrivateKey {
        guard let key = try? PrivateKey.generate(kind, bitCount: kind == .rsa ? rsaBitCount : nil),
            let pem = try? key.pem(passphrase: nil)
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
