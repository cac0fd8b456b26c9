import Glibc

/// Memory whose last byte lies right before a page that nobody may touch: reading one byte too far ends the test.
final class GuardedBlock {
    private let base: UnsafeMutableRawPointer
    private let mappedByteCount: Int
    private let usableByteCount: Int

    /// Room for at least `byteCount` bytes; nil when there is no memory.
    init?(byteCount: Int) {
        let page = Int(sysconf(Int32(_SC_PAGESIZE)))
        usableByteCount = (byteCount + page - 1) / page * page
        mappedByteCount = usableByteCount + page
        let address = mmap(nil, mappedByteCount, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
        guard let address, address != MAP_FAILED else { return nil }
        base = address
        guard mprotect(base + usableByteCount, page, PROT_NONE) == 0 else { return nil }
    }

    deinit { munmap(base, mappedByteCount) }

    /// Calls `body` with `bytes`, laid so that they end where the forbidden page begins.
    func withBytes<R>(_ bytes: [UInt8], _ body: (RawSpan) -> R) -> R {
        let start = base + (usableByteCount - bytes.count)
        start.copyMemory(from: bytes, byteCount: bytes.count)
        return body(UnsafeRawBufferPointer(start: start, count: bytes.count).bytes)
    }
}
