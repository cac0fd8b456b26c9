internal import Glibc

/// One of the three streams that a process begins with.
enum StandardStream: Int32 {
    case input
    case output
    case errors

    /// Whether a file of the name `path` is this stream: it is what the stream goes to, by `/dev/stdout` for example.
    /// Devices are not looked at, for which one opening is as good as another.
    func isReached(by path: String) -> Bool {
        var (named, own) = (stat(), stat())
        guard stat(path, &named) == 0, fstat(rawValue, &own) == 0 else { return false }
        return named.st_dev == own.st_dev && named.st_ino == own.st_ino && own.st_mode & S_IFMT != S_IFCHR
    }

    /// Whether a user who names the file `path` for what comes from or goes to this stream means it: `-`, or its own.
    func isMeant(by path: String) -> Bool { path == "-" || isReached(by: path) }
}
