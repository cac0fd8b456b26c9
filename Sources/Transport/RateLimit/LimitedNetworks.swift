package import EventLoop
internal import Synchronization

/// The networks that a worker has limited most, lately: written by that worker alone, read by any thread.
///
/// Eight places. A network that has none takes a free one; where none is free, all counts go down by one, so that what
/// comes from everywhere pushes out nobody who comes all the time (Misra and Gries). Counts are halved every ten
/// seconds. They tell who, not how many: the metrics do that.
package final class LimitedNetworks: @unchecked Sendable {
    // Sendable: the memory is allocated for the life of self, and every word is accessed atomically.
    static let countMax = 8

    /// A network and its count by turns; a count of 0 makes its network none.
    private let words: UnsafeMutablePointer<Atomic<UInt64>>

    init() {
        let bytes = UnsafeMutableRawPointer.allocate(byteCount: Self.countMax * 16, alignment: 64)
        bytes.initializeMemory(as: UInt64.self, repeating: 0, count: Self.countMax * 2)
        words = bytes.assumingMemoryBound(to: Atomic<UInt64>.self)
    }

    deinit { UnsafeMutableRawPointer(words).deallocate() }

    /// The networks, each with its count, the most limited first.
    package var current: [(network: NetworkPrefix, count: UInt64)] {
        var all: [(network: NetworkPrefix, count: UInt64)] = []
        for index in 0..<Self.countMax {
            let network = words[index * 2].load(ordering: .acquiring)
            let count = words[index * 2 + 1].load(ordering: .acquiring)
            // A place that has changed hands meanwhile is left out.
            guard count > 0, network != 0, words[index * 2].load(ordering: .relaxed) == network else { continue }
            all.append((SourceNetwork(word: network).prefix, count))
        }
        return all.sorted { $0.count > $1.count }
    }

    /// A way to write that counts no references, for the worker's own use while it lives.
    var writer: Writer { Writer(words: words) }

    struct Writer {
        fileprivate let words: UnsafeMutablePointer<Atomic<UInt64>>

        /// Notes an answer that was not sent.
        func note(_ network: SourceNetwork) {
            var free: Int?
            for index in 0..<LimitedNetworks.countMax {
                let count = self[count: index]
                if count == 0 { free = free ?? index; continue }
                guard words[index &* 2].load(ordering: .relaxed) != network.word else {
                    return set(index, count &+ 1)
                }
            }
            guard let free else { return change { $0 &- 1 } }
            words[free &* 2].store(network.word, ordering: .releasing)
            set(free, 1)
        }

        /// Halves all counts.
        func fade() { change { $0 / 2 } }

        private subscript(count index: Int) -> UInt64 { words[index &* 2 &+ 1].load(ordering: .relaxed) }

        private func set(_ index: Int, _ count: UInt64) {
            words[index &* 2 &+ 1].store(count, ordering: .releasing)
        }

        private func change(_ change: (UInt64) -> UInt64) {
            for index in 0..<LimitedNetworks.countMax where self[count: index] > 0 {
                set(index, change(self[count: index]))
            }
        }
    }
}
