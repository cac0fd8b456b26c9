/// What came in one request: carried out in order in one transaction, its outcomes kept together.
public struct CommandSet: Hashable, Sendable {
    /// One row of the request.
    public enum Step: Hashable, Sendable {
        /// To be decided and carried out by the log.
        case command(Command)
        /// Decided before it came here; stands among the outcomes, so that a repeat gets the first answer.
        case decided(code: UInt32, text: [UInt8])
    }

    /// The most steps of a set.
    public static let stepCountMax = 4_096
    /// The most steps of an atomic set.
    public static let atomicStepCountMax = 10_000

    /// From 1 to `stepCountMax`, of an atomic set to `atomicStepCountMax`.
    public var steps: [Step]
    /// All or none: with one command not done, or one step decided, none is applied and the others are `.notApplied`.
    public var isAtomic: Bool
    /// Under what the outcomes are kept; nil: nothing is kept.
    public var keeping: OutcomeName?
    /// Seconds since 1970 at which it was accepted; the only clock that applying knows.
    public var unixSeconds: UInt64

    /// A set.
    public init(_ steps: [Step], isAtomic: Bool = false, keeping: OutcomeName? = nil, unixSeconds: UInt64) {
        self.steps = steps
        self.isAtomic = isAtomic
        self.keeping = keeping
        self.unixSeconds = unixSeconds
    }

    /// Whether it is within the bounds that a log takes.
    public var isWithinBounds: Bool {
        let stepCountMax = isAtomic ? Self.atomicStepCountMax : Self.stepCountMax
        return !steps.isEmpty && steps.count <= stepCountMax && keeping?.isWithinBounds ?? true
            && steps.allSatisfy(\.isWithinBounds)
    }

    /// What comes of an atomic set of which a step was decided beforehand: nothing is applied. Nil: it is none.
    package var refusedOutcomes: [CommandOutcome]? {
        guard isAtomic, steps.contains(where: \.isDecided) else { return nil }
        return steps.map { step in
            guard case .decided(let code, let text) = step else { return .notApplied }
            return .decided(code: code, text: text)
        }
    }
}

extension CommandSet.Step {
    /// The most bytes of the text of what was decided beforehand.
    public static var textByteCountMax: Int { 1_024 }
    /// The most bytes of a command's origin.
    public static var originByteCountMax: Int { 4_096 }

    fileprivate var isDecided: Bool {
        if case .decided = self { true } else { false }
    }

    fileprivate var isWithinBounds: Bool {
        switch self {
        case .decided(_, let text): text.count <= Self.textByteCountMax
        case .command(let command): command.origin.count <= Self.originByteCountMax
        }
    }
}
