internal import Console
internal import Glibc

/// Reads files that fit into memory.
enum SmallFile {
    /// The bytes of the file at `path`, `-` for standard input; more than `byteCountMax` of them are an error.
    static func read(_ path: String, byteCountMax: Int = 16 << 20) throws(CommandFailure) -> [UInt8] {
        if path == "-" { return try bytes(of: 0, path: path, byteCountMax: byteCountMax) }
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw CommandFailure(.cannotRead(file: path, errorNumber: errno)) }
        defer { close(descriptor) }
        return try bytes(of: descriptor, path: path, byteCountMax: byteCountMax)
    }

    /// What is left in an open file.
    static func bytes(of descriptor: Int32, path: String, byteCountMax: Int) throws(CommandFailure) -> [UInt8] {
        var bytes: [UInt8] = []
        var part = [UInt8](repeating: 0, count: 1 << 16)
        while bytes.count <= byteCountMax {
            let count = Glibc.read(descriptor, &part, part.count)
            if count == 0 { return bytes }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw CommandFailure(.cannotRead(file: path, errorNumber: errno)) }
            bytes += part[..<count]
        }
        throw CommandFailure(.cannotRead(file: path, errorNumber: EFBIG))
    }
}
