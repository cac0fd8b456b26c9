internal import Console
internal import Cryptography
internal import Glibc
internal import RecordFiles

/// A file to be imported, which can be read from its beginning more than once; standard input is copied to the disk.
final class ImportInput {
    /// As the user named it.
    let path: String
    /// What it holds.
    let format: RecordFormat
    private let options: ReadingOptions
    private let descriptor: Int32

    /// Opens `path`. Standard input is copied to a file without a name in `directory`.
    init(path: String, form: InputForm, directory: String) throws(RecordFileError) {
        guard let format = form.format ?? RecordFormat(path: path) else { throw .unknownFormat(path: path) }
        self.path = path
        self.format = format
        options = try form.options()
        descriptor = path == "-" ? try Self.copied(to: directory) : open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .cannotOpen(path: path, errno: errno) }
    }

    deinit { close(descriptor) }

    /// A reader from the beginning. Pipes can be read once: a second reader finds nothing.
    func reader() throws(RecordFileError) -> any RecordReader {
        _ = lseek(descriptor, 0, SEEK_SET)
        return try RecordFile.reader(descriptor: descriptor, format: format, options: options)
    }

    /// Its size in bytes, where it is a file.
    var byteCount: Int? {
        let end = lseek(descriptor, 0, SEEK_END)
        return end > 0 ? Int(end) : nil
    }

    /// A digest of all of it: of the digest so far and that of the next 4 MiB, again and again.
    func digest() throws(RecordFileError) -> [UInt8] {
        _ = lseek(descriptor, 0, SEEK_SET)
        var digest: [UInt8] = []
        var block = [UInt8](repeating: 0, count: Self.blockByteCount)
        var offset = 0
        while true {
            let count = try fill(&block, at: offset)
            offset += count
            do throws(OpenSSLError) {
                let next = try Digest.sha256.digest(of: block.span.bytes.extracting(first: count))
                digest = try Digest.sha256.digest(of: digest + next)
            } catch {
                throw .readFailed(byteOffset: offset, errno: ENOMEM)
            }
            if count < block.count { return digest }
        }
    }

    private static let blockByteCount = 4 << 20

    /// Reads until `block` is full or nothing follows; says how many bytes came.
    private func fill(_ block: inout [UInt8], at offset: Int) throws(RecordFileError) -> Int {
        var done = 0
        while done < block.count {
            let count = block.withUnsafeMutableBytes {
                read(descriptor, $0.baseAddress?.advanced(by: done), $0.count - done)
            }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw .readFailed(byteOffset: offset + done, errno: errno) }
            if count == 0 { break }
            done += count
        }
        return done
    }

    private static func copied(to directory: String) throws(RecordFileError) -> Int32 {
        let path = directory + "/import-\(getpid()).input"
        let copy = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard copy >= 0 else { throw .cannotOpen(path: path, errno: errno) }
        unlink(path)
        var buffer = [UInt8](repeating: 0, count: 1 << 18)
        while true {
            let count = read(0, &buffer, buffer.count)
            if count == 0 { return copy }
            if count < 0, errno == EINTR, !Interruption.isRequested { continue }
            guard count > 0 else {
                close(copy)
                throw .readFailed(byteOffset: 0, errno: errno)
            }
            if let reason = WholeWrite.write(buffer[..<count], to: copy) { throw .writeFailed(errno: reason) }
        }
    }
}
