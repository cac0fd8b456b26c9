internal import CLMDB
internal import Glibc

/// The file that is warmed, as the system shows it; in tests something else.
struct WarmingSource: Sendable {
    /// Bytes of the file that are worth reading.
    var byteCount: Int
    /// Whether all of the range is in memory already; false where the system does not say.
    var isResident: @Sendable (Range<Int>) -> Bool
    /// Reads the range into the buffer, which is as long; returns how many bytes, 0 at the end of the file, or -errno.
    var read: @Sendable (Range<Int>, UnsafeMutableRawPointer) -> Int

    /// The file at `path`, up to `byteCount`; opened by itself, so that no other reading goes by what is told here.
    ///
    /// What is resident is asked of the page cache (`cachestat`), some microseconds for a slice. `mincore` over the map
    /// would say the same, but holds the lock of the process's address space, which a worker's page fault may want;
    /// reading what is there costs its copying, a second for some gigabytes, and is what is done where the system does
    /// not say. The kernel is not to read ahead: what is on its way would count as resident, and a look-up's page would
    /// stand behind all of it.
    init(path: String, byteCount: Int) {
        let pageByteCount = max(1, sysconf(Int32(_SC_PAGESIZE)))
        let file = OpenFile(path: path)
        self.byteCount = byteCount
        isResident = { range in
            let pageCount = (range.count + pageByteCount - 1) / pageByteCount
            return hj_cached_page_count(file.descriptor, UInt64(range.lowerBound), UInt64(range.count)) >= pageCount
        }
        read = { range, buffer in
            guard file.descriptor >= 0 else { return -Int(file.error) }
            while true {
                let count = pread(file.descriptor, buffer, range.count, range.lowerBound)
                guard count < 0 else { return count }
                if errno != EINTR { return -Int(errno) }
            }
        }
    }

    init(
        byteCount: Int,
        isResident: @escaping @Sendable (Range<Int>) -> Bool,
        read: @escaping @Sendable (Range<Int>, UnsafeMutableRawPointer) -> Int
    ) {
        self.byteCount = byteCount
        self.isResident = isResident
        self.read = read
    }
}

/// A file that is open for as long as it is used.
private final class OpenFile: Sendable {
    /// -1: it could not be opened, for `error`.
    let descriptor: Int32
    let error: Int32

    init(path: String) {
        descriptor = open(path, O_RDONLY | O_CLOEXEC)
        error = errno
        if descriptor >= 0 { posix_fadvise(descriptor, 0, 0, POSIX_FADV_RANDOM) }
    }

    deinit { if descriptor >= 0 { close(descriptor) } }
}
