internal import Console
internal import EventLoop
internal import Resolution
internal import ResolutionProtocol

/// Looks for existing identifiers that complied with a template and would not with its next edition. Asks for each
/// identifier of the prefix, many at a time, and keeps none of them.
final class BreakingScan {
    /// What would no longer comply.
    struct Broken {
        let identifier: [UInt8]
        let violations: [TemplateViolation]
    }

    /// Broken identifiers that are kept to be shown; all are counted.
    private static let shownMax = 1_000

    private let old: RegisteredTemplate
    private let new: DataTemplate
    private let session: Session
    private let start = ContinuousClock.now
    private var progress: ProgressLine
    /// Identifiers that were looked at, and those of the template among them.
    private(set) var readCount = 0
    private(set) var governedCount = 0
    /// Identifiers that could not be read: whether they would break is not known.
    private(set) var unreadableCount = 0
    private(set) var brokenCount = 0
    /// The first of them.
    private(set) var broken: [Broken] = []

    init(_ old: RegisteredTemplate, becoming new: DataTemplate, _ session: Session) {
        (self.old, self.new, self.session) = (old, new, session)
        progress = ProgressLine(
            label: session.words("checking identifiers", "检查标识"),
            total: nil,
            terminal: session.errorTerminal,
            language: session.language
        )
    }

    /// Looks at the identifiers of the template's prefix.
    func run(_ walk: PrefixWalk) throws(CommandFailure) {
        try walk.list(old.prefix)
        progress.expect(total: UInt64(walk.count))
        while !Interruption.isRequested {
            let batch = try walk.next()
            if batch.isEmpty { break }
            for (name, found) in batch where name != old.identifier { take(name, found) }
            let done = UInt64(readCount)
            if let text = progress.update(done: done, at: ContinuousClock.now - start) { session.note(text) }
        }
        if let text = progress.finish(done: UInt64(readCount), at: ContinuousClock.now - start) { session.note(text) }
        if Interruption.isRequested { throw .interrupted() }
    }

    private func take(_ name: [UInt8], _ found: RecordLookup.Found?) {
        readCount += 1
        switch found {
        // What has been deleted meanwhile breaks nothing.
        case .gone: return
        case .values(let values, isWhole: true): judge(name, values)
        case nil, .refused, .values(_, isWhole: false): unreadableCount += 1
        }
    }

    private func judge(_ name: [UInt8], _ values: [HandleValue]) {
        guard isGoverned(name, values) else { return }
        governedCount += 1
        let before = old.template.violations(in: values)
        let violations = new.violations(in: values).filter { !before.contains($0) && !$0.isKept }
        guard !violations.isEmpty else { return }
        brokenCount += 1
        if broken.count < Self.shownMax { broken.append(Broken(identifier: name, violations: violations)) }
    }

    private func isGoverned(_ name: [UInt8], _ values: [HandleValue]) -> Bool {
        if let named = values.first(where: { $0.index == ReservedValues.identifierIndex }) {
            return ASCIIFolding.areEqual(named.data[...], old.identifier[...])
        }
        return TemplateName.head(of: name).map { ASCIIFolding.areEqual($0, old.identifier[...]) } ?? false
    }
}

extension TemplateViolation {
    /// Whether identifiers that are so already may stay so: they keep the value of an item that is disabled.
    fileprivate var isKept: Bool {
        if case .disabled = self { true } else { false }
    }
}
