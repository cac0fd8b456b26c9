internal import Glibc

/// Reads files that fit into memory.
package enum WholeFile {
    /// The system's reason; `EFBIG`: there are more bytes than were allowed.
    package struct Failure: Error {
        package let errorNumber: Int32
    }

    /// The bytes of the file at `path`; more than `byteCountMax` of them are an error. With `orStandardInput`, `-` is
    /// standard input.
    package static func bytes(
        at path: String,
        byteCountMax: Int,
        orStandardInput: Bool = false
    ) throws(Failure) -> [UInt8] {
        if orStandardInput, path == "-" { return try bytes(of: 0, byteCountMax: byteCountMax) }
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Failure(errorNumber: errno) }
        defer { close(descriptor) }
        return try bytes(of: descriptor, byteCountMax: byteCountMax)
    }

    /// What is left in an open file.
    package static func bytes(of descriptor: Int32, byteCountMax: Int) throws(Failure) -> [UInt8] {
        var bytes: [UInt8] = []
        var part = [UInt8](repeating: 0, count: 1 << 16)
        while bytes.count <= byteCountMax {
            let count = Glibc.read(descriptor, &part, part.count)
            if count == 0 { return bytes }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw Failure(errorNumber: errno) }
            bytes += part[..<count]
        }
        throw Failure(errorNumber: EFBIG)
    }
}
