internal import Glibc
internal import StorageLMDB

/// The data file's pages that this process has touched.
enum MappedPages {
    /// Lets go of them: they stay in the system's cache, and come back when they are touched again.
    ///
    /// A long look through a large file would else count as this process's memory.
    static func release(_ store: Store) {
        guard let range = store.mapRange, let address = UnsafeMutableRawPointer(bitPattern: range.address) else {
            return
        }
        _ = madvise(address, range.byteCount, MADV_DONTNEED)
    }
}
