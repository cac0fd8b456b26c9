internal import Synchronization

/// The peak second of all workers together, which the fold finds by adding up what each worker counted in that second.
extension CountPage {
    /// The peak of all prefixes that stands in this page: from outside, or of all other queries.
    public func peakWord(outside: Bool) -> UInt64 {
        header[HeaderWord.peak.rawValue + (outside ? 0 : 1)].load(ordering: .relaxed)
    }

    /// Makes the peak of all prefixes at least `word`.
    public func raisePeak(to word: UInt64, outside: Bool) {
        guard word >> CountSlot.secondBits > peakWord(outside: outside) >> CountSlot.secondBits else { return }
        header[HeaderWord.peak.rawValue + (outside ? 0 : 1)].store(word, ordering: .relaxed)
    }

    /// Adds up over `pages`, those of all workers for one day, what came in `second`, and raises the peaks in this one
    /// of them: of all prefixes, and of those in `numbers`.
    package func notePeaks(of pages: [CountPage], numbers: some Sequence<Int>, second: UInt64) {
        for outside in [true, false] {
            let sum = pages.reduce(0) { $0 &+ $1.recent(outside: outside).count(in: second) }
            raisePeak(to: sum << CountSlot.secondBits | second, outside: outside)
        }
        for number in numbers where number < slotCount {
            for outside in [true, false] { notePeak(of: pages, number: number, second: second, outside: outside) }
        }
    }

    private func notePeak(of pages: [CountPage], number: Int, second: UInt64, outside: Bool) {
        let sum = pages.reduce(0) {
            $0 &+ (number < $1.slotCount ? $1.slot(number).recent(outside: outside).count(in: second) : 0)
        }
        let place = (outside ? CountSlot.outsideWord : CountSlot.insideWord) + 4
        let words = slot(number).words
        guard sum > words[place].load(ordering: .relaxed) >> CountSlot.secondBits else { return }
        words[place].store(sum << CountSlot.secondBits | second, ordering: .relaxed)
    }
}
