internal import Synchronization

/// One worker's metrics: written by that worker alone, read by any thread; words are loaded and stored relaxed.
package final class MetricPage: @unchecked Sendable {
    // Sendable: the memory is allocated for the life of self, and every word is accessed atomically.
    private let words: UnsafeMutablePointer<Atomic<UInt64>>

    /// All counters at 0.
    package init() {
        let bytes = UnsafeMutableRawPointer.allocate(byteCount: Metric.allCases.count * 8, alignment: 64)
        bytes.initializeMemory(as: UInt64.self, repeating: 0, count: Metric.allCases.count)
        words = bytes.assumingMemoryBound(to: Atomic<UInt64>.self)
    }

    deinit { UnsafeMutableRawPointer(words).deallocate() }

    /// The present value.
    package func value(_ metric: Metric) -> UInt64 { words[metric.rawValue].load(ordering: .relaxed) }

    /// A way to write that counts no references, for the worker's own use while it lives.
    var writer: MetricWriter { MetricWriter(words: words) }
}

/// Writes a worker's metrics.
struct MetricWriter {
    fileprivate let words: UnsafeMutablePointer<Atomic<UInt64>>

    func add(_ metric: Metric, _ count: Int = 1) {
        let word = words + metric.rawValue
        word.pointee.store(
            word.pointee.load(ordering: .relaxed) &+ UInt64(truncatingIfNeeded: count),
            ordering: .relaxed
        )
    }

    func set(_ metric: Metric, _ value: Int) {
        words[metric.rawValue].store(UInt64(truncatingIfNeeded: max(0, value)), ordering: .relaxed)
    }
}
