internal import Glibc
internal import StorageLMDB

/// The data file's pages that this process has touched.
struct MappedPages {
    /// Bytes after which they are let go of: each comes back by a fault of its own.
    private static let byteCountMax = 64 << 20

    private var releasedByteCount = 0

    /// Lets go of them now and then, as a walk through `store` has come to `byteCount` bytes.
    mutating func keepFew(of store: Store, byteCount: Int) {
        guard byteCount - releasedByteCount >= Self.byteCountMax else { return }
        releasedByteCount = byteCount
        Self.release(store)
    }

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
