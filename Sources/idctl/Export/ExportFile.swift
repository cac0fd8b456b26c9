internal import Glibc
internal import RecordFiles

/// The file of an export. It has its name only once it is whole: until then its name is followed by `.partial`, so that
/// an export that was cut short leaves nothing that looks like one, and an earlier file in its place.
final class ExportFile {
    private static let partialEnding = ".partial"

    /// As the user named it.
    let path: String
    /// Where its bytes go.
    let sink: RowSink
    /// The name that it has until it is whole; nil where bytes go straight to `path`: standard output, a pipe.
    private var partialPath: String?

    /// Opens it; `-` is standard output.
    init(path: String) throws(RecordFileError) {
        self.path = path
        partialPath = Self.isReplaced(path) ? path + Self.partialEnding : nil
        sink = try RowSink(path: partialPath ?? path)
    }

    deinit {
        if let partialPath { unlink(partialPath) }
    }

    /// Gives it its name, once everything is on the disk.
    func keep() throws(RecordFileError) {
        guard let partialPath else { return }
        try sink.sync()
        guard rename(partialPath, path) == 0 else { throw .writeFailed(errno: errno) }
        self.partialPath = nil
    }

    /// Whether a file of this name is replaced as a whole: what is no regular file takes the bytes as they come.
    private static func isReplaced(_ path: String) -> Bool {
        guard path != "-" else { return false }
        var status = stat()
        guard lstat(path, &status) == 0 else { return true }
        return status.st_mode & S_IFMT == S_IFREG
    }
}
