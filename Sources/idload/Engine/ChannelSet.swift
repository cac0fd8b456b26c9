internal import EventLoop

/// The channels of a run, and whose turn it is: each is asked in proportion to its weight.
///
/// A channel's pass grows by a question's share at each question, and the channel with the least pass is next (stride
/// scheduling, Waldspurger and Weihl 1995): after any number of questions none is more than a batch from its part.
struct ChannelSet: ~Copyable {
    private let channels: UnsafeMutablePointer<Channel>
    private let passes: UnsafeMutablePointer<Double>
    let count: Int

    /// A channel for each target of the plan, with the carrier of the same place; takes all the memory they will need.
    init(plan: LoadPlan, questions: QuestionSet, carriers: [any LoadCarrier]) {
        count = min(plan.targets.count, carriers.count)
        channels = .allocate(capacity: count)
        passes = .allocate(capacity: count)
        passes.initialize(repeating: 0, count: count)
        for number in 0..<count {
            let channel = Channel(plan.targets[number], plan: plan, questions: questions, carrier: carriers[number])
            (channels + number).initialize(to: channel)
        }
    }

    deinit {
        channels.deinitialize(count: count)
        channels.deallocate()
        passes.deallocate()
    }

    /// A channel, below `count`.
    func channel(_ number: Int) -> UnsafeMutablePointer<Channel> { channels + number }

    func begin(measuredFromNanoseconds: UInt64) {
        for number in 0..<count { channels[number].begin(measuredFromNanoseconds: measuredFromNanoseconds) }
    }

    /// Whose turn it is; where room is asked for, among those that have it, or else it is anybody's.
    func next(withRoom asksForRoom: Bool) -> Int {
        guard count > 1 else { return 0 }
        var best: Int?
        for number in 0..<count where !asksForRoom || channels[number].hasRoom {
            if best.map({ passes[number] < passes[$0] }) ?? true { best = number }
        }
        guard let best else { return 0 }
        // Whoever was passed over does not get its turns later, all at once.
        if asksForRoom {
            for number in 0..<count where passes[number] < passes[best] { passes[number] = passes[best] }
        }
        return best
    }

    /// So many questions went to a channel.
    func note(_ questionCount: Int, to number: Int) {
        guard count > 1 else { return }
        passes[number] += Double(questionCount) / channels[number].target.weight
    }

    var waitingCount: Int { sum { $0.pointee.waitingCount } }

    func receive() -> Int { sum { $0.pointee.receive() } }

    func expire(nowNanoseconds: UInt64) {
        for number in 0..<count { channels[number].expire(nowNanoseconds: nowNanoseconds) }
    }

    func addSockets(to watch: inout SocketWatch) {
        for number in 0..<count { channels[number].addSockets(to: &watch) }
    }

    /// Whether nobody listens anywhere.
    var isRefused: Bool {
        for number in 0..<count where !channels[number].isRefused { return false }
        return true
    }

    /// What has happened in all channels since the last taking.
    func takeSecond(isWarmup: Bool) -> LoadSecond {
        var whole = channels[0].takeSecond(isWarmup: isWarmup)
        for number in 1..<max(1, count) { whole.add(channels[number].takeSecond(isWarmup: isWarmup)) }
        return whole
    }

    var results: [ChannelResult] { (0..<count).map { channels[$0].result } }

    var lastActivityNanoseconds: UInt64 { (0..<count).map { channels[$0].lastActivityNanoseconds }.max() ?? 0 }

    var timerError: LatencyHistogram {
        var whole = channels[0].timerError
        for number in 1..<max(1, count) { whole.add(channels[number].timerError) }
        return whole
    }

    private func sum(_ part: (UnsafeMutablePointer<Channel>) -> Int) -> Int {
        var sum = 0
        for number in 0..<count { sum += part(channels + number) }
        return sum
    }
}
