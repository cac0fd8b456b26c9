internal import Console
internal import Cryptography
internal import Glibc

/// Reads a file of certificates.
enum TrustFile {
    /// A collection of all authorities that browsers know has a quarter of it.
    private static let byteCountMax = 1 << 20

    static func read(_ path: String) throws(LoadError) -> TLSFile {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw LoadError(.cannotRead(file: path, errorNumber: errno)) }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var part = [UInt8](repeating: 0, count: 65_536)
        while bytes.count <= byteCountMax {
            let count = Glibc.read(descriptor, &part, part.count)
            if count == 0 { return TLSFile(name: path, bytes: bytes) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw LoadError(.cannotRead(file: path, errorNumber: errno)) }
            bytes += part[..<count]
        }
        throw LoadError(.cannotRead(file: path, errorNumber: EFBIG))
    }
}
