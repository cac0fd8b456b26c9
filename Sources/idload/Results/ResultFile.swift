internal import Console
internal import Glibc

/// A result in a file, as `--json` writes it.
enum ResultFile {
    /// More than any result has.
    static let byteCountMax = 16 << 20

    /// Reads the file at `path`, `-` for standard input; throws where it cannot be read, or is no result.
    static func read(_ path: String) throws(LoadError) -> RunDocument {
        let bytes = try bytes(at: path)
        do throws(ResultFault) {
            return try RunDocument(json: bytes)
        } catch {
            throw LoadError(.unusableResult(error, bytes, path: path))
        }
    }

    private static func bytes(at path: String) throws(LoadError) -> [UInt8] {
        let descriptor = path == "-" ? 0 : open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw LoadError(.cannotRead(file: path, errorNumber: errno)) }
        defer { if descriptor > 0 { close(descriptor) } }
        var bytes: [UInt8] = []
        var part = [UInt8](repeating: 0, count: 1 << 16)
        while bytes.count <= byteCountMax {
            let count = Glibc.read(descriptor, &part, part.count)
            if count == 0 { return bytes }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw LoadError(.cannotRead(file: path, errorNumber: errno)) }
            bytes += part[..<count]
        }
        throw LoadError(.cannotRead(file: path, errorNumber: EFBIG))
    }
}
