package import ResolutionProtocol

/// Follows references from one identifier to others, level by level, without I/O (docs/trace.md).
///
/// Ask for `names`, all of them at once, tell what came of each (`take`), and end the level (`finishLevel`), which
/// gives what is known and says with `names` what is to be asked next; none: it is over. Each identifier is asked for
/// once, so that circles end, and the limits bound the rest.
package struct Trace: Sendable {
    /// What is to be asked for, at a level.
    private struct Goal: Sendable {
        var identifier: [UInt8]
        var origin: TraceLink
        /// Why it is not asked for; nil: it is.
        var bound: TraceState?
    }

    /// How many identifiers that are not asked for are told for each that is.
    private static let unaskedPerAsked = 4

    /// How far it goes.
    package let limits: TraceLimits
    /// Which values refer.
    package let rule: ReferenceRule
    /// How many references lie between the beginning and `names`.
    package private(set) var level = 0
    /// What is to be asked for now.
    package private(set) var names: [[UInt8]]
    /// Identifiers that were asked for, and bytes of their values.
    package private(set) var identifierCount = 1
    package private(set) var byteCount = 0
    /// Identifiers that are referred to and not told, as there are too many.
    package private(set) var untoldCount = 0
    private var goals: [Goal]
    private var unasked: [Goal] = []
    private var unaskedCount = 0
    /// What is to be asked for at levels to come, by level.
    private var later: [Int: [Goal]] = [:]
    private var findings: [TraceFinding?]
    private var known: Set<[UInt8]>

    /// Begins at `identifier`.
    package init(_ identifier: [UInt8], limits: TraceLimits = TraceLimits(), rule: ReferenceRule = ReferenceRule()) {
        self.limits = limits
        self.rule = rule
        names = [identifier]
        goals = [Goal(identifier: identifier, origin: .none)]
        findings = [nil]
        known = [Self.key(of: identifier)]
    }

    /// Goes on with what somebody else's trace has come to: `items` are all of it, and those at `places` are asked for
    /// once more, each at its own level.
    package init(resuming items: [TraceItem], at places: [Int], limits: TraceLimits, rule: ReferenceRule) {
        self.limits = limits
        self.rule = rule
        identifierCount = items.count { !$0.state.isNotFollowed }
        known = Set(items.map { Self.key(of: $0.identifier) })
        for item in places.map({ items[$0] }) {
            later[Int(item.level), default: []].append(Goal(identifier: item.identifier, origin: item.origin))
        }
        level = later.keys.min() ?? 0
        goals = later.removeValue(forKey: level) ?? []
        names = goals.map(\.identifier)
        findings = Array(repeating: nil, count: goals.count)
    }

    /// Whether there is nothing more to ask for and to tell.
    package var isOver: Bool { goals.isEmpty && unasked.isEmpty && later.isEmpty }

    /// By what identifiers are one: owners may tell the case of suffixes apart.
    package static func key(of identifier: [UInt8]) -> [UInt8] {
        RecursionQuestion.folding.key(of: identifier)
    }

    /// Tells what came of the name at `place`.
    package mutating func take(_ finding: TraceFinding, at place: Int) {
        guard findings.indices.contains(place) else { return }
        var finding = finding
        if let values = finding.values {
            let count = values.reduce(0) { $0 + $1.type.count + $1.data.count + HandleValue.byteCountMin }
            if byteCount + count > limits.byteCountMax {
                finding = .none(.beyondBytes, .success)
            } else {
                byteCount += count
            }
        }
        findings[place] = finding
    }

    /// Ends the level: what became of its identifiers; those nothing was told of are `unreachable`.
    package mutating func finishLevel() -> [TraceItem] {
        let level = UInt8(clamping: self.level)
        let items = unasked.map { goal in
            TraceItem(
                level: level,
                state: goal.bound ?? .beyondCount,
                code: .request,
                identifier: goal.identifier,
                origin: goal.origin
            )
        }
        let (askedGoals, askedFindings) = (goals, findings)
        goals = []
        unasked = []
        self.level += 1
        var asked: [TraceItem] = []
        for (goal, finding) in zip(askedGoals, askedFindings) {
            let item = item(for: goal, finding ?? .silence, level: level)
            asked.append(item)
            for link in item.links { follow(link, from: item.identifier) }
        }
        if goals.isEmpty, unasked.isEmpty { self.level = later.keys.min() ?? self.level }
        goals += later.removeValue(forKey: self.level) ?? []
        names = goals.map(\.identifier)
        findings = Array(repeating: nil, count: goals.count)
        return asked + items
    }

    private func item(for goal: Goal, _ finding: TraceFinding, level: UInt8) -> TraceItem {
        var item = TraceItem(
            level: level,
            state: .found,
            code: .success,
            identifier: goal.identifier,
            origin: goal.origin
        )
        switch finding {
        case .none(let state, let code):
            item.state = state
            item.code = code
        case .found(let values, let isStale):
            item.values = values
            if isStale { item.flags.insert(.stale) }
            let (links, isWhole) = rule.links(of: values)
            item.links = links
            if !isWhole { item.flags.insert(.withoutLinks) }
        case .referrers(let links, let values, let isWhole):
            item.values = values
            item.links = links
            if !isWhole { item.flags.insert(.withoutLinks) }
        }
        return item
    }

    /// Notes that `name` refers to what `link` names, for the next level, unless that is known.
    private mutating func follow(_ link: TraceLink, from name: [UInt8]) {
        let key = Self.key(of: link.identifier)
        guard !known.contains(key) else { return }
        let bound = bound(at: level)
        if bound != nil, unaskedCount >= limits.identifierCountMax * Self.unaskedPerAsked {
            untoldCount += 1
            return
        }
        known.insert(key)
        let origin = TraceLink(index: link.index, type: link.type, identifier: name)
        let goal = Goal(identifier: link.identifier, origin: origin, bound: bound)
        guard bound == nil else {
            unasked.append(goal)
            unaskedCount += 1
            return
        }
        goals.append(goal)
        identifierCount += 1
    }

    /// Why nothing more is asked for at `level`; nil: it is.
    private func bound(at level: Int) -> TraceState? {
        if level > limits.depthMax { return .beyondDepth }
        if identifierCount >= limits.identifierCountMax { return .beyondCount }
        return byteCount >= limits.byteCountMax ? .beyondBytes : nil
    }
}
