internal import Console
internal import RecordFiles
internal import ResolutionClient
internal import ResolutionProtocol

/// One export of a prefix over the wire: has its identifiers listed, and writes of each what the asker may read.
final class WireExportRun {
    /// Identifiers that are asked for together; of each at most a message of 256 KiB is held.
    private static let batchCount = 256
    /// Seconds without an answer after which it gives up.
    private static let patienceSeconds = 60.0

    private let administrator: Administrator
    private let lookup: RecordLookup
    private let output: ExportOutput
    private let session: Session
    /// The first identifier that the server did not give, and its code.
    private(set) var firstRefused: (name: [UInt8], code: ResponseCode)?

    /// `hasRights`: whether values are asked for that not everyone may read.
    init(_ administrator: Administrator, hasRights: Bool, output: ExportOutput, session: Session) {
        self.administrator = administrator
        self.output = output
        self.session = session
        let patient = PatientAsking(
            administrator.asking,
            place: administrator.place,
            patience: Patience(seconds: Self.patienceSeconds),
            session: session
        )
        lookup = RecordLookup(patient, hasRights: hasRights)
    }

    /// Writes all records of `prefix`. False: Ctrl-C came.
    func run(prefix: [UInt8]) throws(CommandFailure) -> Bool {
        let names = try Self.spooled { () throws(RecordFileError) in
            try ListedNames(directory: TemporaryDirectory.path)
        }
        try list(prefix, into: names)
        output.expect(total: names.count)
        try Self.spooled { () throws(RecordFileError) in try names.rewind() }
        while !Interruption.isRequested {
            let batch = try Self.spooled { () throws(RecordFileError) in try names.next(Self.batchCount) }
            if batch.isEmpty { break }
            for (name, found) in zip(batch, try lookup.look(up: batch)) { try take(found, of: name) }
            output.showProgress()
        }
        let isComplete = !Interruption.isRequested
        try output.finish(isComplete: isComplete)
        return isComplete
    }

    private func list(_ prefix: [UInt8], into names: ListedNames) throws(CommandFailure) {
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
                do throws(RecordFileError) { for name in part { try names.append(name) } } catch { failure = error }
                let elapsed = ContinuousClock.now - start
                if let text = progress.update(done: UInt64(names.count), at: elapsed) { session.note(text) }
                return failure == nil && !Interruption.isRequested
            }
        }
        if let text = progress.finish(done: UInt64(names.count), at: ContinuousClock.now - start) { session.note(text) }
        if let failure { throw CommandFailure(.recordFile(failure, path: TemporaryDirectory.path)) }
    }

    private static func spooled<Value>(
        _ body: () throws(RecordFileError) -> Value
    ) throws(CommandFailure) -> Value {
        do throws(RecordFileError) { return try body() } catch {
            throw CommandFailure(.recordFile(error, path: TemporaryDirectory.path))
        }
    }

    private func take(_ found: RecordLookup.Found?, of name: [UInt8]) throws(CommandFailure) {
        output.note(seen: 1)
        switch found {
        // Asked for no more, as somebody pressed Ctrl-C; or deleted since it was listed.
        case nil, .gone: return
        case .values(let values, let isWhole):
            if !isWhole { output.counts.hidden += 1 }
            guard !values.isEmpty else { return }
            try output.write(name: name, values: values)
        case .refused(let code):
            output.counts.refused += 1
            if firstRefused == nil { firstRefused = (name, code) }
        }
    }
}
