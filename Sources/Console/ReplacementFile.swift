package import Glibc

/// A file that takes the place of another once it is whole. Until then it is a new file beside it, of a name that
/// nobody can have foreseen, for its owner alone; it is gone again unless it is kept.
package final class ReplacementFile {
    /// Why the system refused.
    package struct Failure: Error, Equatable {
        /// As in errno(3).
        package let errorNumber: Int32
    }

    /// Where its bytes go.
    package let descriptor: Int32
    private let path: String
    private var unfinishedPath: String?

    /// Opens one for the file at `path`, or for that which a link there leads to, whether there is one or not. A link
    /// that leads nowhere (`ENOENT`), and what is no regular file (`EINVAL`), cannot be replaced.
    package init(for path: String) throws(Failure) {
        self.path = try Self.target(of: path)
        (unfinishedPath, descriptor) = try Self.create(beside: self.path)
    }

    deinit {
        if let unfinishedPath { unlink(unfinishedPath) }
        close(descriptor)
    }

    /// Writes `bytes`.
    package func write(_ bytes: [UInt8]) throws(Failure) {
        if let reason = WholeWrite.write(bytes, to: descriptor) { throw Failure(errorNumber: reason) }
    }

    /// Gives it the name, once everything is on the disk. It stays its owner's alone unless `mode` says otherwise.
    package func keep(mode: mode_t = 0o600) throws(Failure) {
        guard let unfinishedPath else { return }
        guard fchmod(descriptor, mode) == 0, fsync(descriptor) == 0, rename(unfinishedPath, path) == 0 else {
            throw Failure(errorNumber: errno)
        }
        self.unfinishedPath = nil
        // The name is there; that it survives a crash as well is what the directory is written for.
        let directory = open(Self.directory(of: path), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard directory >= 0 else { return }
        fsync(directory)
        close(directory)
    }

    /// The directory that the file at `path` is in.
    package static func directory(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    /// Creates a file of a name that nothing had before, for its owner alone.
    private static func create(beside path: String) throws(Failure) -> (path: String, descriptor: Int32) {
        for _ in 0..<attemptCountMax {
            let name = path + ".partial-" + String(UInt64.random(in: 0...UInt64.max), radix: 36)
            let descriptor = open(name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
            if descriptor >= 0 { return (name, descriptor) }
            guard errno == EEXIST else { break }
        }
        throw Failure(errorNumber: errno)
    }

    /// Names that are tried; that one of 2⁶⁴ is taken is no chance.
    private static let attemptCountMax = 3

    /// What `path` leads to, behind all links.
    private static func target(of path: String) throws(Failure) -> String {
        var status = stat()
        guard stat(path, &status) == 0 else {
            let reason = errno
            // Nothing of that name, not even a link.
            guard reason == ENOENT, lstat(path, &status) != 0, errno == ENOENT else {
                throw Failure(errorNumber: reason)
            }
            return path
        }
        guard status.st_mode & S_IFMT == S_IFREG else { throw Failure(errorNumber: EINVAL) }
        guard let name = realpath(path, nil) else { throw Failure(errorNumber: errno) }
        defer { free(name) }
        return String(cString: name)
    }
}
