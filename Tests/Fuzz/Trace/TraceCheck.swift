import Resolution
import ResolutionProtocol

/// What must be true of all identifiers that a trace tells, whatever records they have.
struct TraceCheck {
    private let limits: TraceLimits
    /// What has been told, by what identifiers are one.
    private var told: [[UInt8]: TraceItem] = [:]

    init(limits: TraceLimits) { self.limits = limits }

    /// A tree: one beginning, each identifier once, behind the one that it was found by and one level below it; and
    /// within its bounds.
    mutating func claimSound(_ items: [TraceItem], resumedCount: Int) {
        claimBounded(items, beside: resumedCount)
        for (place, item) in items.enumerated() {
            claim(Int(item.level) <= limits.depthMax + 1, "level \(item.level) is told of \(limits.depthMax)")
            claim(
                item.state != .beyondDepth || Int(item.level) == limits.depthMax + 1,
                "a level above the bound is cut"
            )
            if place == 0 {
                claim(item.level == 0 && item.origin == .none, "a trace does not begin at its beginning")
            } else {
                claimFound(item)
            }
            let before = told.updateValue(item, forKey: Trace.key(of: item.identifier))
            claim(before == nil, "an identifier is told twice: a circle is not cut")
        }
    }

    private func claimFound(_ item: TraceItem) {
        guard let parent = told[Trace.key(of: item.origin.identifier)] else {
            return claim(false, "an identifier was found by one that is not told")
        }
        claim(parent.state == .found, "what was not found refers to others")
        claim(parent.level + 1 == item.level, "a reference passes over a level")
        let key = Trace.key(of: item.identifier)
        let isLinked = parent.links.contains { $0.index == item.origin.index && Trace.key(of: $0.identifier) == key }
        claim(isLinked || parent.flags.contains(.withoutLinks), "an identifier was found by no reference")
    }

    /// No more is asked for, and told, than may be.
    func claimBounded(_ items: [TraceItem], beside resumedCount: Int) {
        let countMax = limits.identifierCountMax + resumedCount
        claim(items.count <= 5 * countMax, "\(items.count) identifiers are told of \(countMax)")
        let asked = items.count { !$0.state.isNotFollowed }
        claim(asked <= countMax, "\(asked) identifiers are asked for of \(countMax)")
    }
}
