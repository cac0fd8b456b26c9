internal import Console
internal import EventLoop

extension LoadOptions {
    /// Where questions go: each target through the protocol that it names, or else through each of `--protocol`.
    func loadTargets() throws(LoadError) -> [LoadTarget] {
        guard let carriers = TargetText.carriers(carrier) else {
            throw LoadError(.badProtocol(carrier), exitCode: .usage)
        }
        var targets: [LoadTarget] = []
        for text in self.targets {
            guard let target = TargetText(text, isDNS: carriers.map(\.carrier) == [.dns]) else {
                throw LoadError(.badTarget(text), exitCode: .usage)
            }
            let own = target.carrier.map { [($0, 1.0)] } ?? carriers
            for (carrier, weight) in own {
                targets.append(LoadTarget(address: target.address, carrier: carrier, weight: target.weight * weight))
            }
        }
        guard targets.count <= Self.channelCountMax else {
            throw LoadError(.tooManyTargets(targets.count, atMost: Self.channelCountMax), exitCode: .usage)
        }
        return targets
    }

    /// How many threads send: as many as asked for, or as the rate needs.
    func threadCount(for loop: LoadPlan.Loop) throws(LoadError) -> Int {
        let processorCount = HostFacts.ofThisMachine().processorCount
        guard let threads else {
            guard case .open(let schedule, _) = loop else { return 1 }
            let needed = Int((schedule.peakPerSecond / Self.ratePerThread).rounded(.up))
            return max(1, min(needed, processorCount))
        }
        let count = Int(try FlagNumber.checked("--threads", Double(threads), in: 1...Double(LoadPlan.threadCountMax)))
        if case .closed(let outstanding, _, _, _) = loop, outstanding < count {
            throw LoadError(.withoutEffect("--threads", because: "--closed \(outstanding)"), exitCode: .usage)
        }
        return count
    }

    /// Target and protocol pairs of a run: each takes memory for its questions under way.
    static let channelCountMax = 64
    /// Questions a second for which one thread is trusted without a word.
    private static let ratePerThread = 250_000.0
}
