internal import Glibc

/// Writes bytes to an open file, all of them, however little the system takes at a time.
package enum WholeWrite {
    /// Returns the system's reason why not all of `bytes` were written; nil: they were.
    package static func write(_ bytes: some Collection<UInt8>, to descriptor: Int32) -> Int32? {
        var rest = Array(bytes)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            // A regular file that takes nothing is full, whatever was the last error.
            guard count > 0 else { return count == 0 ? ENOSPC : errno }
            rest = rest.dropFirst(count)
        }
        return nil
    }
}
