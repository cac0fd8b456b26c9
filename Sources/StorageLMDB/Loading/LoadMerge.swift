/// Merges sorted runs: a heap of their readers, the one with the least row on top.
struct LoadMerge: ~Copyable {
    private static let bufferByteCountTotal = 8 << 20
    private var heap: [LoadRunReader] = []

    init(_ runs: [LoadRun]) throws(StoreError) {
        let bufferByteCount = max(16_384, Self.bufferByteCountTotal / max(1, runs.count))
        for run in runs {
            let reader = try LoadRunReader(run, bufferByteCount: min(bufferByteCount, 1 << 20))
            if reader.current != nil { heap.append(reader) }
        }
        for place in stride(from: heap.count / 2 - 1, through: 0, by: -1) { siftDown(from: place) }
    }

    /// The least row; nil: all are done. Lent until `advance`.
    var current: LoadRow? { heap.first?.current }

    /// Goes on to the next row.
    mutating func advance() throws(StoreError) {
        guard let first = heap.first else { return }
        try first.advance()
        if first.current == nil {
            heap.swapAt(0, heap.count - 1)
            heap.removeLast()
        }
        siftDown(from: 0)
    }

    private mutating func siftDown(from start: Int) {
        var place = start
        while true {
            var least = place
            for child in place * 2 + 1..<place * 2 + 3 where child < heap.count && precedes(child, least) {
                least = child
            }
            guard least != place else { return }
            heap.swapAt(place, least)
            place = least
        }
    }

    private func precedes(_ a: Int, _ b: Int) -> Bool {
        guard let left = heap[a].current, let right = heap[b].current else { return heap[a].current != nil }
        return left.precedes(right)
    }
}
