internal import Console
internal import Glibc
internal import RecordFiles

/// The file of an export. It has its name only once it is whole, so that an export that was cut short leaves nothing
/// that looks like one, and an earlier file in its place. It is its owner's alone, whatever the earlier one was: values
/// that not everyone may read may be in it.
final class ExportFile {
    /// As the user named it.
    let path: String
    /// Where its bytes go; no longer than this lives.
    let sink: RowSink
    /// What becomes the file; nil where bytes go straight to `path`: standard output, a pipe, a device.
    private let replacement: ReplacementFile?

    /// Opens it; `-` is standard output.
    init(path: String) throws(RecordFileError) {
        self.path = path
        if let stream = Self.stream(path) {
            replacement = nil
            sink = RowSink(descriptor: stream.rawValue)
        } else if Self.isReplaced(path) {
            let opened: ReplacementFile
            do throws(ReplacementFile.Failure) { opened = try ReplacementFile(for: path) } catch {
                throw .cannotOpen(path: path, errno: error.errorNumber)
            }
            replacement = opened
            sink = RowSink(descriptor: opened.descriptor)
        } else {
            replacement = nil
            sink = try RowSink(path: path)
        }
    }

    /// Gives it its name, once everything is on the disk.
    func keep() throws(RecordFileError) {
        try sink.flush()
        do throws(ReplacementFile.Failure) { try replacement?.keep() } catch {
            throw .writeFailed(errno: error.errorNumber)
        }
    }

    /// The stream that is meant; nil: a file. A file that a shell has opened for us may have other bytes before ours.
    private static func stream(_ path: String) -> StandardStream? {
        if StandardStream.output.isMeant(by: path) { return .output }
        return StandardStream.errors.isReached(by: path) ? .errors : nil
    }

    /// Whether a file of this name is replaced as a whole: what is there and no regular file takes the bytes as they
    /// come.
    private static func isReplaced(_ path: String) -> Bool {
        var status = stat()
        guard stat(path, &status) == 0 else { return true }
        return status.st_mode & S_IFMT == S_IFREG
    }
}
