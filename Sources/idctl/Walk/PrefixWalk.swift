internal import Console
internal import EventLoop
internal import RecordFiles
internal import Resolution
internal import ResolutionClient
internal import ResolutionProtocol

/// Walks over the identifiers of a prefix that a server keeps: has them listed, and then looks them up, as far as the
/// asker may read them. Templates come first, so that what is made under them can be registered in this order.
final class PrefixWalk {
    /// Identifiers that are asked for together; of each at most a message of 256 KiB is held.
    private static let batchCount = 256
    /// Seconds without an answer after which it gives up.
    private static let patienceSeconds = 60.0

    private let administrator: Administrator
    private let lookup: RecordLookup
    private let session: Session
    private let templates: ListedNames
    private let others: ListedNames

    /// `hasRights`: whether values are asked for that not everyone may read.
    init(_ administrator: Administrator, hasRights: Bool, _ session: Session) throws(CommandFailure) {
        self.administrator = administrator
        self.session = session
        let patient = PatientAsking(
            administrator.asking,
            place: administrator.place,
            patience: Patience(seconds: Self.patienceSeconds),
            session: session
        )
        lookup = RecordLookup(patient, hasRights: hasRights)
        templates = try Self.spooled { () throws(RecordFileError) in
            try ListedNames(directory: TemporaryDirectory.path)
        }
        others = try Self.spooled { () throws(RecordFileError) in try ListedNames(directory: TemporaryDirectory.path) }
    }

    /// How many identifiers were listed.
    var count: Int { templates.count + others.count }

    /// Has the identifiers of `prefix` listed; called once, first. Ends early at Ctrl-C.
    func list(_ prefix: [UInt8]) throws(CommandFailure) {
        var failure: RecordFileError?
        let start = ContinuousClock.now
        var progress = ProgressLine(
            label: session.words("listing", "列出"),
            total: nil,
            terminal: session.errorTerminal,
            language: session.language
        )
        try administrator.perform(prefix) { (asking) throws(AdministrationError) in
            try asking.list(prefix) { part in
                do throws(RecordFileError) { for name in part { try append(name) } } catch { failure = error }
                let elapsed = ContinuousClock.now - start
                if let text = progress.update(done: UInt64(count), at: elapsed) { session.note(text) }
                return failure == nil && !Interruption.isRequested
            }
        }
        if let text = progress.finish(done: UInt64(count), at: ContinuousClock.now - start) { session.note(text) }
        if let failure { throw CommandFailure(.recordFile(failure, path: TemporaryDirectory.path)) }
        try Self.spooled { () throws(RecordFileError) in
            try templates.rewind()
            try others.rewind()
        }
    }

    private func append(_ name: [UInt8]) throws(RecordFileError) {
        let isTemplate = TemplateName.head(of: name)?.count == name.count
        try (isTemplate ? templates : others).append(name)
    }

    /// The next identifiers and what is found of each, nil where somebody pressed Ctrl-C before; none at the end.
    func next() throws(CommandFailure) -> [(name: [UInt8], found: RecordLookup.Found?)] {
        let names = try Self.spooled { () throws(RecordFileError) in
            let first = try templates.next(Self.batchCount)
            return first.isEmpty ? try others.next(Self.batchCount) : first
        }
        guard !names.isEmpty else { return [] }
        return zip(names, try lookup.look(up: names)).map { (name: $0, found: $1) }
    }

    private static func spooled<Value>(
        _ body: () throws(RecordFileError) -> Value
    ) throws(CommandFailure) -> Value {
        do throws(RecordFileError) { return try body() } catch {
            throw CommandFailure(.recordFile(error, path: TemporaryDirectory.path))
        }
    }
}
