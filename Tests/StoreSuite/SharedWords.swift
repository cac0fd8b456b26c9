internal import Glibc
internal import Synchronization

/// Words in a file that several processes map, and that outlive each of them.
public final class SharedWords: @unchecked Sendable {
    // Sendable: a pointer to shared memory whose words are all accessed atomically.
    private let words: UnsafeMutablePointer<Atomic<UInt64>>
    /// Words in the file.
    public let count: Int

    /// Maps the file at `path`, which is made with zeros if there is none.
    public init?(path: String, count: Int) {
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        guard ftruncate(descriptor, count * 8) == 0,
            let base = mmap(nil, count * 8, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0), base != MAP_FAILED
        else { return nil }
        words = base.assumingMemoryBound(to: Atomic<UInt64>.self)
        self.count = count
    }

    deinit { munmap(words, count * 8) }

    /// Word `index`.
    public subscript(index: Int) -> UInt64 {
        get { words[index].load(ordering: .acquiring) }
        set { words[index].store(newValue, ordering: .releasing) }
    }
}
