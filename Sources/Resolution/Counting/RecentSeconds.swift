internal import Synchronization

/// How many queries came in each of the last four seconds: a word for a second, `count << 17 | second of day`.
///
/// One worker writes; the fold, once a second, adds up over workers, which no worker could do for itself.
struct RecentSeconds {
    /// Words, a power of two.
    static let wordCount = 4

    let words: UnsafeMutablePointer<Atomic<UInt64>>

    /// Notes one query; returns the word of its second.
    func note(_ second: UInt64) -> UInt64 {
        let place = Int(truncatingIfNeeded: second) & (Self.wordCount - 1)
        let word = (count(in: second) &+ 1) << CountSlot.secondBits | second
        words[place].store(word, ordering: .relaxed)
        return word
    }

    /// Queries in `second`; 0 when that is too long ago.
    func count(in second: UInt64) -> UInt64 {
        let word = words[Int(truncatingIfNeeded: second) & (Self.wordCount - 1)].load(ordering: .relaxed)
        let mask = (1 as UInt64) << CountSlot.secondBits &- 1
        return word & mask == second ? word >> CountSlot.secondBits : 0
    }
}
