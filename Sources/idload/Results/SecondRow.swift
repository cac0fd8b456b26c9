/// One second of a run, or several together, as every output tells it: figures are rounded here and nowhere else.
struct SecondRow: Equatable, Sendable {
    /// A percentile of what ended in the row.
    enum Time: Equatable, Sendable {
        case microseconds(UInt64)
        /// It is among those that got no answer.
        case lost
        /// Nothing ended, or it cannot be known: percentiles of two rows do not add.
        case unknown
    }

    /// Percentiles that a row has, with the names of their columns; the last is the maximum.
    static let percentiles: [(name: String, percent: Double)] = [
        ("p50_us", 50), ("p99_us", 99), ("p99_9_us", 99.9), ("max_us", 100),
    ]

    /// From the run's start to the row's end, in tenths.
    var endSeconds: Double
    /// How long it was.
    var seconds: Double
    /// Whether it is of the measured part; joined ones: whether the last is.
    var isMeasured: Bool
    /// Planned per second; nil: a closed loop without a rate.
    var targetPerSecond: Double?
    var sent: UInt64
    var answered: UInt64
    var lost: UInt64
    var wrong: UInt64
    /// In the order of `percentiles`.
    var times: [Time]
    var connections: UInt64
    var outstanding: UInt64
    var notSent: UInt64
    var processorPercent: Double
    /// Connections made in it.
    var connected: UInt64

    /// What was sent and answered per second.
    var sentPerSecond: Double { seconds > 0 ? Double(sent) / seconds : 0 }
    var answeredPerSecond: Double { seconds > 0 ? Double(answered) / seconds : 0 }
}

extension SecondRow {
    init(_ second: LoadSecond) {
        let isEmpty = second.answered + second.lost == 0
        self.init(
            endSeconds: Self.tenths(second.elapsedSeconds),
            seconds: (second.seconds * 1_000).rounded() / 1_000,
            isMeasured: second.isMeasured,
            targetPerSecond: second.targetPerSecond.map(Self.tenths),
            sent: second.sent,
            answered: second.answered,
            lost: second.lost,
            wrong: second.wrong,
            times: Self.percentiles.map { _, percent in
                second.microseconds(atPercentile: percent).map { .microseconds($0) } ?? (isEmpty ? .unknown : .lost)
            },
            connections: UInt64(clamping: second.connections),
            outstanding: UInt64(clamping: second.outstanding),
            notSent: second.notSent,
            processorPercent: Self.tenths(second.processorShare * 100),
            connected: second.connected
        )
    }

    /// Of two rows that follow each other, or of two machines at the same time, what both give together. The longest
    /// time is known; no other percentile is.
    mutating func addCounts(_ other: SecondRow) {
        sent += other.sent
        answered += other.answered
        lost += other.lost
        wrong += other.wrong
        notSent += other.notSent
        connected += other.connected
        let longest = Self.longest(times.last ?? .unknown, other.times.last ?? .unknown)
        times = Self.percentiles.map { $0.percent == 100 ? longest : .unknown }
    }

    /// Takes in the row that followed it.
    mutating func join(_ next: SecondRow) {
        let share = seconds + next.seconds > 0 ? next.seconds / (seconds + next.seconds) : 0
        if let target = targetPerSecond, let following = next.targetPerSecond {
            targetPerSecond = Self.tenths(target * (1 - share) + following * share)
        }
        processorPercent = Self.tenths(processorPercent * (1 - share) + next.processorPercent * share)
        addCounts(next)
        endSeconds = next.endSeconds
        seconds += next.seconds
        isMeasured = next.isMeasured
        connections = next.connections
        outstanding = next.outstanding
    }

    /// The longer of two; what nothing is known of does not count.
    private static func longest(_ one: Time, _ other: Time) -> Time {
        switch (one, other) {
        case (.lost, _), (_, .lost): .lost
        case (.unknown, let time), (let time, .unknown): time
        case (.microseconds(let one), .microseconds(let other)): .microseconds(max(one, other))
        }
    }

    private static func tenths(_ value: Double) -> Double { (value * 10).rounded() / 10 }
}
