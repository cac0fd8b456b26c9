internal import Console
internal import EventLoop

/// What a run was to do, as its result tells it.
struct PlanFacts: Equatable, Sendable {
    /// Addresses with ports, each once.
    var targets: [String]
    /// What carried the questions, as `--protocol` names it, each once.
    var carriers: [String]
    /// How much of the questions went through which protocol, each target by itself: `udp 75 %`.
    var shares: [String]
    var isOpen: Bool
    /// Of a closed loop.
    var outstanding: Int?
    /// Of each thread and target.
    var connections: Int
    /// Connections were closed after so many questions; nil: they stayed.
    var questionsPerConnection: Int?
    /// Addresses of the machine that sockets were bound to.
    var sources: [String]
    var threadCount: Int
    /// Of a closed loop that has one.
    var ratePerSecondMax: Double?
    /// What decided when questions were sent.
    var text: LocalizedText
    var warmupSeconds: Double
    var keys: String
    var verification: String
    var identifierCount: Int
    var missingPercent: Double
    /// Whether the run ended with the last identifier.
    var isOnce: Bool
    var timeoutMicroseconds: UInt64
    /// Changes of the rate while the run went on.
    var rateChanges: [RateChange] = []

    /// What carried the questions, as people write it.
    var carrierName: String {
        carriers.map { LoadPlan.Carrier(rawValue: $0)?.name ?? $0 }.joined(separator: "+")
    }

    /// The weights as shares of all questions, in tenths of a percent, in the order of the targets.
    static func shares(of targets: [LoadTarget]) -> [String] {
        let whole = max(.leastNonzeroMagnitude, targets.map(\.weight).reduce(0, +))
        return targets.map { "\($0.carrier.rawValue) \(($0.weight / whole * 1_000).rounded() / 10) %" }
    }

    /// All targets in one line.
    var target: String { targets.joined(separator: ", ") }
}

extension PlanFacts {
    init(_ plan: LoadPlan, identifierCount: Int) {
        self.init(
            targets: plan.targetTexts,
            carriers: plan.carriers.map(\.rawValue),
            shares: Self.shares(of: plan.targets),
            isOpen: plan.isOpen,
            outstanding: plan.outstandingMax,
            connections: plan.connections,
            questionsPerConnection: plan.questionsPerConnection,
            sources: plan.sources.map(\.host),
            threadCount: plan.threadCount,
            ratePerSecondMax: nil,
            text: plan.loopText,
            warmupSeconds: plan.warmupSeconds,
            keys: plan.keysText,
            verification: plan.verification.rawValue,
            identifierCount: identifierCount,
            missingPercent: plan.missingPercent,
            isOnce: plan.keys.stops,
            timeoutMicroseconds: plan.timeoutNanoseconds / 1_000,
            rateChanges: plan.rateChanges?.all ?? []
        )
        if case .closed(_, let rate?, _, _) = plan.loop { ratePerSecondMax = rate }
    }
}
