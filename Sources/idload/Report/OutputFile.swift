internal import Console
internal import Glibc

/// A file that results go to; what could not be written is told at the end, once.
final class OutputFile {
    private let path: String
    private let descriptor: Int32
    /// What the system said, the first time that something could not be written.
    private var errorNumber: Int32?

    /// Creates the file, or empties it; throws where that cannot be done.
    init(path: String) throws(LoadError) {
        self.path = path
        descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
        if descriptor < 0 { throw LoadError(.cannotWrite(file: path, errorNumber: errno)) }
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }

    /// Why something could not be written; nil: all was.
    var failure: LoadError? { errorNumber.map { LoadError(.cannotWrite(file: path, errorNumber: $0)) } }

    /// Writes all of it, unless something before could not be written.
    func write(_ text: String) {
        if errorNumber == nil { errorNumber = WholeWrite.write(text.utf8, to: descriptor) }
    }
}
