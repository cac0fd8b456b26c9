internal import Console
internal import Glibc
internal import NodeConfiguration

/// Changes a profile file: read, changed and written under a lock, so that of two at a time none is lost, and put in
/// its place whole.
enum ProfileWriting {
    /// Writes what `body` makes of the file at `path`, which is made where it is missing.
    static func change(
        _ path: String,
        _ body: (ProfileFile) throws(CommandFailure) -> String?
    ) throws(CommandFailure) {
        // A link stays, and what it leads to is changed.
        let target = real(path) ?? path
        let directory = ReplacementFile.directory(of: target)
        try makeDirectory(directory)
        let lock = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard lock >= 0, flock(lock, LOCK_EX) == 0 else {
            throw CommandFailure(.cannotWrite(file: path, errorNumber: errno))
        }
        defer { close(lock) }
        let isThere = access(target, F_OK) == 0
        let file = isThere ? try ProfilePlace.read(target) : .empty
        guard let text = try body(file) else { throw CommandFailure(.profilesNotEdited(path)) }
        do throws(ReplacementFile.Failure) {
            try replace(target, with: Array(text.utf8), isThere: isThere)
        } catch {
            throw CommandFailure(.cannotWrite(file: path, errorNumber: error.errorNumber))
        }
    }

    /// The file at `path` behind all links; nil: there is none.
    private static func real(_ path: String) -> String? {
        guard let name = realpath(path, nil) else { return nil }
        defer { free(name) }
        return String(cString: name)
    }

    /// Makes the directory and those above it, for their owner alone.
    private static func makeDirectory(_ path: String) throws(CommandFailure) {
        guard access(path, F_OK) != 0 else { return }
        if let slash = path.lastIndex(of: "/"), slash > path.startIndex { try makeDirectory(String(path[..<slash])) }
        guard mkdir(path, 0o700) == 0 || errno == EEXIST else {
            throw CommandFailure(.cannotWrite(file: path, errorNumber: errno))
        }
    }

    /// Writes another file and gives it the name. A new one is its owner's alone; one that others may read stays so.
    private static func replace(
        _ path: String,
        with bytes: [UInt8],
        isThere: Bool
    ) throws(ReplacementFile.Failure) {
        var status = stat()
        let mode = isThere && stat(path, &status) == 0 ? status.st_mode & 0o777 : 0o600
        let file = try ReplacementFile(for: path)
        try file.write(bytes)
        try file.keep(mode: mode)
    }
}
