internal import Synchronization

/// What became of one reader's look-ups: counted by that reader alone, read by any thread.
public final class HintReadCounts: @unchecked Sendable {
    // Sendable: the memory is allocated for the life of self, and every word is accessed atomically.

    /// What became of a look-up.
    public enum Kind: Int, Sendable, CaseIterable {
        /// The index answered.
        case hits
        /// There was a hint, but what lay there was not the record: LMDB answered.
        case stale
        /// There was no hint: LMDB answered.
        case absent
        /// The index was left alone, as another process had written: LMDB answered.
        case bypassed
    }

    private let words: UnsafeMutablePointer<Atomic<UInt64>>

    init() {
        let bytes = UnsafeMutableRawPointer.allocate(byteCount: 64, alignment: 64)
        bytes.initializeMemory(as: UInt64.self, repeating: 0, count: Kind.allCases.count)
        words = bytes.assumingMemoryBound(to: Atomic<UInt64>.self)
    }

    deinit { UnsafeMutableRawPointer(words).deallocate() }

    /// Look-ups of this kind since the start.
    public func value(_ kind: Kind) -> UInt64 { words[kind.rawValue].load(ordering: .relaxed) }

    /// A way to count that counts no references, for the reader's own use while it lives.
    var writer: Writer { Writer(words: words) }

    /// Counts a reader's look-ups.
    struct Writer {
        fileprivate let words: UnsafeMutablePointer<Atomic<UInt64>>

        @inline(__always)
        func add(_ kind: Kind, _ count: Int) {
            guard count > 0 else { return }
            let word = words + kind.rawValue
            word.pointee.store(
                word.pointee.load(ordering: .relaxed) &+ UInt64(truncatingIfNeeded: count),
                ordering: .relaxed
            )
        }
    }
}
