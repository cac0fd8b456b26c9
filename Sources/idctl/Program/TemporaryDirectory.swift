internal import Glibc

/// Where files go that nobody keeps.
enum TemporaryDirectory {
    /// `TMPDIR`, else the system's.
    static var path: String {
        guard let named = getenv("TMPDIR"), named.pointee != 0 else { return "/tmp" }
        return String(cString: named)
    }
}
