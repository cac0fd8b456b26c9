internal import Console
internal import EventLoop
internal import Resolution
internal import ResolutionClient
internal import ResolutionProtocol

/// Looks for existing identifiers that complied with a template and would not with its next edition. Asks for each
/// identifier of the prefix, many at a time, and keeps none of them.
final class BreakingScan {
    /// What would no longer comply.
    struct Broken {
        let identifier: [UInt8]
        let violations: [TemplateViolation]
    }

    /// Requests under way at a time.
    private static let inFlight = 128
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

    /// Has `lister` name the identifiers of the template's prefix, and `reader` read them.
    func run(lister: Administrator, reader: Administrator) throws(CommandFailure) {
        var failure: AdministrationError?
        try lister.perform(old.prefix) { (asking) throws(AdministrationError) in
            try asking.list(old.prefix) { names in
                do throws(AdministrationError) { try look(at: names, reader.asking) } catch { failure = error }
                return failure == nil && !Interruption.isRequested
            }
        }
        reader.asking.end()
        if let text = progress.finish(done: UInt64(readCount), at: ContinuousClock.now - start) { session.note(text) }
        if let failure { throw CommandFailure(.notAdministered(old.prefix, failure)) }
        if Interruption.isRequested { throw .interrupted() }
    }

    private func look(at names: [[UInt8]], _ asking: any AdministrationAsking) throws(AdministrationError) {
        var waiting = names.filter { $0 != old.identifier }.makeIterator()
        var picked: [UInt8] = []
        var under: [UInt32: [UInt8]] = [:]
        let flags = OpFlags.requestDefault.subtracting(.publicOnly)
        try asking.askAll(
            inFlight: Self.inFlight,
            next: {
                guard let name = waiting.next() else { return nil }
                picked = name
                return .resolution(of: name, flags: flags)
            },
            asked: { under[$0] = picked },
            each: { id, outcome in
                guard let name = under.removeValue(forKey: id) else { return true }
                take(name, outcome)
                return true
            }
        )
        let done = UInt64(readCount)
        if let text = progress.update(done: done, at: ContinuousClock.now - start) { session.note(text) }
    }

    private func take(_ name: [UInt8], _ outcome: Result<Message, AskFailure>) {
        readCount += 1
        guard case .success(let answer) = outcome, answer.header.responseCode == .success,
            case .resolved(let resolved) = answer.body
        else {
            // What has been deleted meanwhile breaks nothing.
            if case .success(let answer) = outcome, answer.header.responseCode == .identifierNotFound { return }
            unreadableCount += 1
            return
        }
        guard isGoverned(name, resolved.values) else { return }
        governedCount += 1
        let before = old.template.violations(in: resolved.values)
        let violations = new.violations(in: resolved.values).filter { !before.contains($0) && !$0.isKept }
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
