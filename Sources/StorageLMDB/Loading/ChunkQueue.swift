/// Hands chunks from the thread that merges to the one that writes, a few at a time.
final class ChunkQueue: @unchecked Sendable {
    // Sendable: all is guarded by the monitor.
    private static let countMax = 2

    private let monitor = Monitor()
    private var chunks: [SortedChunk] = []
    /// Written ones, whose memory is used again.
    private var spare: [SortedChunk] = []
    private var end: Result<Void, StoreError>?
    private var isAbandoned = false

    /// Waits for room and adds `chunk`; false: nobody wants more.
    func push(_ chunk: SortedChunk) -> Bool {
        monitor.withLock {
            while chunks.count >= Self.countMax, !isAbandoned { monitor.wait() }
            chunks.append(chunk)
            monitor.signal()
            return !isAbandoned
        }
    }

    /// An empty chunk to fill.
    func makeChunk() -> SortedChunk {
        monitor.withLock { spare.popLast() } ?? SortedChunk()
    }

    /// Takes written chunks back.
    func recycle(_ written: [SortedChunk]) {
        for chunk in written { chunk.removeAll() }
        monitor.withLock { spare += written }
    }

    /// No more will come: all are there, or something failed.
    func finish(_ result: Result<Void, StoreError>) {
        monitor.withLock {
            end = result
            monitor.signal()
        }
    }

    /// Waits for the next one; nil at the end.
    func pop() throws(StoreError) -> SortedChunk? {
        let popped: Result<SortedChunk?, StoreError> = monitor.withLock {
            while chunks.isEmpty, end == nil { monitor.wait() }
            guard chunks.isEmpty else {
                monitor.signal()
                return .success(chunks.removeFirst())
            }
            if case .failure(let error) = end { return .failure(error) }
            return .success(nil)
        }
        return try popped.get()
    }

    /// Nobody takes chunks any more.
    func abandon() {
        monitor.withLock {
            isAbandoned = true
            monitor.signal()
        }
    }
}
