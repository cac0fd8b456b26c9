import Glibc

/// The one directory beneath which the `FILE` lines of a batch file may name files.
///
/// A batch file comes from elsewhere: without this, importing it could copy any file of whoever imports into a record
/// that all can read.
package final class ReferencedFiles {
    /// Deepest path below the directory.
    private static let partCountMax = 16

    private let directory: Int32

    /// Opens the directory at `path`; throws `.cannotOpen`.
    package init(directory path: String) throws(RecordFileError) {
        directory = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard directory >= 0 else { throw .cannotOpen(path: path, errno: errno) }
    }

    deinit { close(directory) }

    /// Appends the contents of the file at the relative path `name`; false where the path is absolute, has a part `..`
    /// or a symbolic link in it, or leads to no regular file of at most `RecordLimits.fieldByteCountMax` bytes.
    func append(contentsOf name: UnsafeBufferPointer<UInt8>, to bytes: inout [UInt8]) -> Bool {
        guard let descriptor = opened(name) else { return false }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
            status.st_size <= RecordLimits.fieldByteCountMax
        else { return false }
        return Self.read(descriptor, to: &bytes)
    }

    /// Walks down part by part, each opened without following a link, so that nothing leads out.
    private func opened(_ name: UnsafeBufferPointer<UInt8>) -> Int32? {
        let parts = name.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        guard parts.count <= Self.partCountMax else { return nil }
        var current = directory
        for (position, part) in parts.enumerated() {
            let isLast = position == parts.count - 1
            let next = Self.isName(part) ? Self.descriptor(of: part, in: current, isDirectory: !isLast) : -1
            if current != directory { close(current) }
            guard next >= 0 else { return nil }
            current = next
        }
        return current == directory ? nil : current
    }

    /// Neither empty (as before a leading `/`) nor `.` nor `..`.
    private static func isName(_ part: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        !part.isEmpty && !part.elementsEqual(".".utf8) && !part.elementsEqual("..".utf8) && !part.contains(0)
    }

    private static func descriptor(of part: Slice<UnsafeBufferPointer<UInt8>>, in directory: Int32, isDirectory: Bool)
        -> Int32
    {
        // A pipe would hold the import up until somebody writes; `O_NONBLOCK` does not.
        let flags = O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK | (isDirectory ? O_DIRECTORY : 0)
        let name = part.map { CChar(bitPattern: $0) } + [0]
        return openat(directory, name, flags)
    }

    /// Reads to the end, or to the bound where the file grows meanwhile.
    private static func read(_ descriptor: Int32, to bytes: inout [UInt8]) -> Bool {
        let start = bytes.count
        return withUnsafeTemporaryAllocation(byteCount: 1 << 16, alignment: 16) { buffer in
            while true {
                let count = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
                if count < 0, errno == EINTR { continue }
                guard count >= 0 else { return false }
                if count == 0 { return true }
                bytes.append(contentsOf: UnsafeRawBufferPointer(rebasing: buffer[..<count]))
                guard bytes.count - start <= RecordLimits.fieldByteCountMax else { return false }
            }
        }
    }
}
