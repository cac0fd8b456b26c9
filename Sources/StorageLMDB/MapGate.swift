internal import Glibc
internal import Synchronization

/// Lets the writer move the map while every reader stands between two batches.
///
/// A reader says that it reads and then looks at the gate; the writer closes the gate and then looks who reads. Both in
/// one total order, so that at least one of them sees the other.
final class MapGate: Sendable {
    /// A reader's mark.
    final class Mark: Sendable {
        fileprivate let isReading = Atomic<Bool>(false)
    }

    private let isClosed = Atomic<Bool>(false)
    private let marks = Mutex<[Mark]>([])

    /// A mark for one more reader.
    func addMark() -> Mark {
        let mark = Mark()
        marks.withLock { $0.append(mark) }
        return mark
    }

    /// The reader of `mark` is gone.
    func remove(_ mark: Mark) {
        marks.withLock { $0.removeAll { $0 === mark } }
    }

    /// Begins a batch; waits while the map is being moved.
    @inline(__always)
    func enter(_ mark: Mark) {
        mark.isReading.store(true, ordering: .sequentiallyConsistent)
        if isClosed.load(ordering: .sequentiallyConsistent) { park(mark) }
    }

    /// Ends a batch.
    @inline(__always)
    func leave(_ mark: Mark) { mark.isReading.store(false, ordering: .releasing) }

    @inline(never)
    private func park(_ mark: Mark) {
        repeat {
            mark.isReading.store(false, ordering: .sequentiallyConsistent)
            while isClosed.load(ordering: .acquiring) { usleep(20) }
            mark.isReading.store(true, ordering: .sequentiallyConsistent)
        } while isClosed.load(ordering: .sequentiallyConsistent)
    }

    /// Runs `body` while nobody reads.
    func whileParked<Value>(_ body: () -> Value) -> Value {
        isClosed.store(true, ordering: .sequentiallyConsistent)
        defer { isClosed.store(false, ordering: .sequentiallyConsistent) }
        // Readers that come now find the gate closed, and none leaves the list while it is held.
        return marks.withLock { marks in
            for mark in marks {
                while mark.isReading.load(ordering: .sequentiallyConsistent) { usleep(20) }
            }
            return body()
        }
    }
}
