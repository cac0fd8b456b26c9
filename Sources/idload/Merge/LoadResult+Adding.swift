extension LoadResult {
    /// Takes in what another machine counted at the same time.
    mutating func add(_ other: LoadResult) {
        tally.add(other.tally)
        seconds = max(seconds, other.seconds)
        wasInterrupted = wasInterrupted || other.wasInterrupted
        generator.timerError.add(other.generator.timerError)
        generator.notSent += other.generator.notSent
        // Each machine has its own; the worst of them is told.
        generator.backlog = max(generator.backlog, other.generator.backlog)
        generator.processorShare = max(generator.processorShare, other.generator.processorShare)
        generator.busiestProcessorShare = max(
            generator.busiestProcessorShare,
            other.generator.busiestProcessorShare
        )
    }
}

extension Tally {
    /// Takes in all that another one counted, and of its samples those there is room for.
    mutating func add(_ other: Tally) {
        sent += other.sent
        unsent += other.unsent
        right += other.right
        wrong += other.wrong
        lost += other.lost
        late += other.late
        duplicate += other.duplicate
        unexpected += other.unexpected
        disconnected += other.disconnected
        faults.merge(other.faults) { $0 + $1 }
        response.add(other.response)
        service.add(other.service)
        for sample in other.samples { keep(sample) }
    }
}
