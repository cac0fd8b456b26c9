internal import Console
internal import Glibc
internal import RecordFiles

/// The identifiers of a list, kept on the disk: the list is read as fast as it comes, and looked up at leisure.
final class ListedNames {
    private static let blockByteCount = 1 << 18

    private let descriptor: Int32
    private let path: String
    private var written: [UInt8] = []
    private var block: [UInt8] = []
    private var position = 0
    /// How many there are.
    private(set) var count = 0

    /// Keeps them in a file without a name in `directory`.
    init(directory: String) throws(RecordFileError) {
        path = directory + "/idctl-\(getpid())-\(UInt32.random(in: .min ... .max)).names"
        descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .cannotOpen(path: path, errno: errno) }
        unlink(path)
    }

    deinit { close(descriptor) }

    /// Adds one, of at most 65,535 bytes.
    func append(_ name: [UInt8]) throws(RecordFileError) {
        guard let byteCount = UInt16(exactly: name.count) else { throw .writeFailed(errno: ENAMETOOLONG) }
        written += [UInt8(byteCount >> 8), UInt8(byteCount & 0xFF)]
        written += name
        count += 1
        if written.count >= Self.blockByteCount { try flush() }
    }

    /// Goes back to the first of them; called once all are there.
    func rewind() throws(RecordFileError) {
        try flush()
        guard lseek(descriptor, 0, SEEK_SET) == 0 else { throw .readFailed(byteOffset: 0, errno: errno) }
    }

    /// The next ones, at most `countMax`; none at the end.
    func next(_ countMax: Int) throws(RecordFileError) -> [[UInt8]] {
        var names: [[UInt8]] = []
        while names.count < countMax, try holds(2) {
            let byteCount = Int(block[position]) << 8 | Int(block[position + 1])
            guard try holds(2 + byteCount) else { break }
            names.append(Array(block[position + 2..<position + 2 + byteCount]))
            position += 2 + byteCount
        }
        return names
    }

    /// Whether so many bytes are there, once more have been read where they were not.
    private func holds(_ byteCount: Int) throws(RecordFileError) -> Bool {
        while block.count - position < byteCount {
            block.removeFirst(position)
            position = 0
            var more = [UInt8](repeating: 0, count: Self.blockByteCount)
            let count = read(descriptor, &more, more.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw .readFailed(byteOffset: 0, errno: errno) }
            if count == 0 { return false }
            block += more[..<count]
        }
        return true
    }

    private func flush() throws(RecordFileError) {
        if let reason = WholeWrite.write(written, to: descriptor) { throw .writeFailed(errno: reason) }
        written.removeAll(keepingCapacity: true)
    }
}
