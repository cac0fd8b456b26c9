import Glibc

/// Reads a small file whole.
enum ConfigurationFile {
    /// The bytes of the file at `path`, of which there may be `byteCountMax`.
    static func read(_ path: String, byteCountMax: Int) throws(FileReadError) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw FileReadError.failed(errorNumber: errno) }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var part = [UInt8](repeating: 0, count: 65_536)
        while bytes.count <= byteCountMax {
            let count = Glibc.read(descriptor, &part, part.count)
            if count == 0 { return bytes }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw FileReadError.failed(errorNumber: errno) }
            bytes += part.prefix(count)
        }
        throw FileReadError.tooLarge
    }
}
