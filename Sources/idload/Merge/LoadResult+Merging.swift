extension LoadResult {
    /// What several machines counted at the same time: a target's counts are added to the same target's.
    init(merging results: [LoadResult]) {
        var channels: [ChannelResult] = []
        for channel in results.flatMap(\.channels) {
            let known = channels.firstIndex { known in
                known.target.address == channel.target.address && known.target.carrier == channel.target.carrier
            }
            if let known { channels[known].tally.add(channel.tally) } else { channels.append(channel) }
        }
        var generator = GeneratorFigures()
        for other in results.map(\.generator) {
            // Each machine has its own; the worst of them is told.
            let backlog = max(generator.backlog, other.backlog)
            generator.add(other)
            generator.backlog = backlog
        }
        self.init(
            channels: channels,
            seconds: results.map(\.seconds).max() ?? 0,
            wasInterrupted: results.contains { $0.wasInterrupted },
            wasRefused: results.allSatisfy { $0.wasRefused },
            generator: generator
        )
    }
}
