internal import Console
internal import EventLoop

/// What a run was to do, as its result tells it.
struct PlanFacts: Equatable, Sendable {
    /// Addresses with ports, each once.
    var targets: [String]
    /// What carried the questions, as `--protocol` names it, each once.
    var carriers: [String]
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

    /// What carried the questions, as people write it.
    var carrierName: String {
        carriers.map { LoadPlan.Carrier(rawValue: $0)?.name ?? $0 }.joined(separator: "+")
    }

    /// All targets in one line.
    var target: String { targets.joined(separator: ", ") }
}

extension PlanFacts {
    init(_ plan: LoadPlan, identifierCount: Int) {
        self.init(
            targets: plan.targetTexts,
            carriers: plan.carriers.map(\.rawValue),
            isOpen: plan.isOpen,
            outstanding: plan.outstandingMax,
            connections: plan.connections,
            questionsPerConnection: plan.questionsPerConnection,
            sources: plan.sources.map(\.host),
            threadCount: plan.threadCount,
            ratePerSecondMax: nil,
            text: plan.loopText,
            warmupSeconds: plan.warmupSeconds,
            keys: "\(plan.keys)",
            verification: plan.verification.rawValue,
            identifierCount: identifierCount,
            missingPercent: plan.missingPercent,
            isOnce: plan.keys.stops,
            timeoutMicroseconds: plan.timeoutNanoseconds / 1_000
        )
        if case .closed(_, let rate?, _, _) = plan.loop { ratePerSecondMax = rate }
    }
}
