internal import Console
internal import ResolutionProtocol

/// How many identifiers of a trace became what, and how the program ends by it.
struct TraceTally {
    private(set) var counts: [TraceState: Int] = [:]
    private(set) var levelCount = 0
    private var beginning: TraceState?

    /// Counts `items` of one level.
    mutating func add(_ items: [TraceItem]) {
        for item in items {
            if beginning == nil { beginning = item.state }
            counts[item.state, default: 0] += 1
            levelCount = max(levelCount, Int(item.level) + 1)
        }
    }

    /// Identifiers in all.
    var total: Int { counts.values.reduce(0, +) }

    /// Identifiers that a bound kept from being asked for, other than the depth, which the asker has chosen.
    var boundedCount: Int { counts[.beyondCount, default: 0] + counts[.beyondBytes, default: 0] }

    /// By what became of the beginning, where nothing of it was found; else whether all was found that was looked for.
    var exit: ProgramExit {
        switch beginning {
        case .notFound: return .notFound
        case .denied: return .notPermitted
        case .unreachable, .elsewhere: return .outcomeUnknown
        default: break
        }
        let missing = counts.filter { $0.key != .found && $0.key != .beyondDepth }
        return missing.isEmpty ? .done : .partlyDone
    }

    /// `14 identifiers on 8 levels: 13 found, 1 denied`.
    func line(_ session: Session) -> String {
        let parts = TraceState.allCases.compactMap { state in
            counts[state].map { "\($0) \(TraceWording.text(of: state)[session.language])" }
        }
        let isChinese = session.language == .chinese
        let head =
            isChinese ? "共 \(total) 个标识，\(levelCount) 层：" : "\(Self.counted(total)), \(Self.levels(levelCount)): "
        return head + parts.joined(separator: isChinese ? "，" : ", ")
    }

    private static func counted(_ count: Int) -> String { count == 1 ? "1 identifier" : "\(count) identifiers" }

    private static func levels(_ count: Int) -> String { count == 1 ? "1 level" : "\(count) levels" }
}
