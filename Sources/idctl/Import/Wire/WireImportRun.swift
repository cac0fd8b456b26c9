internal import Console
internal import EventLoop
internal import RecordFiles
internal import ResolutionClient
internal import ResolutionProtocol

/// An import over the wire: reads the input in portions, registers each, and notes what became of every record before
/// it goes on.
final class WireImportRun {
    /// Records of a portion, and bytes of them.
    private static let portionRecordCount = 4_096
    private static let portionByteCount = 8 << 20
    /// Records resolved afterwards.
    private static let sampleCount = 1_000

    private let options: WireImportOptions
    private let session: Session
    private let server: SocketAddress?
    private let input: ImportInput
    private let registering: RowRegistering
    private let atomic: AtomicRegistering?
    private let journal: ImportJournal?
    private var book = ReceiptBook()
    private var result = ImportResult()
    private var sample: RecordSample
    private let start = ContinuousClock.now
    private var progress: ProgressLine

    /// `server` is where a sample is resolved afterwards; nil: nowhere.
    init(
        _ options: WireImportOptions,
        asking: any AdministrationAsking,
        server: SocketAddress?,
        session: Session
    ) throws(CommandFailure) {
        self.options = options
        self.session = session
        self.server = server
        let input = try Self.file(options.path) { () throws(RecordFileError) in
            try ImportInput(path: options.path, form: options.form, directory: TemporaryDirectory.path)
        }
        let digest = try Self.file(options.path) { () throws(RecordFileError) in try input.digest() }
        self.input = input
        // What makes another import of the same input.
        let identity =
            digest + [options.additions.updates ? 1 : 0] + Array(options.target.utf8) + options.additions.identity
            + options.form.identity
        journal = try Self.journal(of: options, identity: identity, into: &book)
        let patient = PatientAsking(
            asking,
            place: options.target,
            patience: Patience(seconds: options.patienceSeconds),
            session: session
        )
        let batch = journal?.batch ?? ImportBatch()
        let isAtomic = options.isAtomic && options.dryRun == .none
        atomic = isAtomic ? AtomicRegistering(patient, batch: batch) : nil
        registering = RowRegistering(
            patient,
            batch: batch,
            jobs: options.jobs,
            isDryRun: options.dryRun != .none,
            pace: RowPace(rowsPerSecond: options.rowsPerSecond)
        )
        sample = RecordSample(countMax: options.isVerified && options.dryRun == .none ? Self.sampleCount : 0)
        progress = ProgressLine(
            label: session.words("importing", "导入"),
            total: nil,
            terminal: session.errorTerminal,
            language: session.language
        )
        result.isDryRun = options.dryRun != .none
    }

    /// Reads, registers and checks. The result is to be told, whatever became of it.
    func run() throws(CommandFailure) -> ImportResult {
        var failure: CommandFailure?
        do throws(CommandFailure) { try importAll() } catch { failure = error }
        do throws(CommandFailure) { try conclude() } catch {
            failure = CommandFailure(error.messages + (failure?.messages ?? []), exit: failure?.exit ?? error.exit)
        }
        if let failure {
            // Without anything to go on from, the next try is a new import.
            let canResume = journal != nil && !hasNothing
            if !canResume { journal?.remove() }
            throw CommandFailure(
                failure.messages + [.importUnfinished(result, canResume: canResume)],
                exit: failure.exit
            )
        }
        if !result.wasInterrupted, !result.wasStopped {
            journal?.remove()
            verify()
        }
        return result
    }

    // MARK: the journal

    /// The journal beside the input; nil where nothing is changed, or there is no place for it.
    private static func journal(
        of options: WireImportOptions,
        identity: [UInt8],
        into book: inout ReceiptBook
    ) throws(CommandFailure) -> ImportJournal? {
        guard options.dryRun == .none, options.path != "-" else { return nil }
        let path = options.path + ".journal"
        if ImportJournal.exists(path), !options.restarts {
            guard options.resumes else { throw CommandFailure(.unfinishedBefore(path: options.path)) }
            return try ImportJournal.resume(path, identity: identity, into: &book)
        }
        guard !options.resumes else { throw CommandFailure(.nothingToResume(path), exit: .usage) }
        return try ImportJournal.begin(path, identity: identity)
    }

    private var hasNothing: Bool {
        [.created, .changed, .unchanged].allSatisfy { book.count(of: $0) == 0 }
    }

    // MARK: reading

    private func importAll() throws(CommandFailure) {
        let reader = try Self.file(options.path) { () throws(RecordFileError) in try input.reader() }
        var record = RecordRow()
        var number: UInt32 = 0
        var isDone = false
        while !isDone {
            let first = number
            let rows = try readPortion(from: reader, &record, &number, &isDone)
            try register(rows, first..<number)
            showProgress(rows: number, reader.progress)
            let tally = self.tally
            result.wasInterrupted = Interruption.isRequested
            result.wasStopped =
                options.rejectLimit?.isPassed(rejected: tally.rejectedCount, read: tally.readCount, isEnd: isDone)
                ?? false
            if result.wasInterrupted || result.wasStopped { break }
        }
        if let text = progress.finish(done: UInt64(number), at: elapsed) { session.note(text) }
    }

    /// Reads records from `number` on, of a set all of them, and returns those that are to be registered.
    private func readPortion(
        from reader: any RecordReader,
        _ record: inout RecordRow,
        _ number: inout UInt32,
        _ isDone: inout Bool
    ) throws(CommandFailure) -> [WireRow] {
        let first = number
        var rows: [WireRow] = []
        var byteCount = 0
        while atomic != nil || !isFull(Int(number - first), byteCount) {
            let outcome = try next(of: reader, into: &record)
            if case .end = outcome {
                isDone = true
                break
            }
            try requireRoom(for: number, byteCount)
            if case .rejected(let rejection) = outcome {
                note(rejection, number)
            } else if let row = take(record, number) {
                rows.append(row)
                byteCount += row.byteCount
            }
            number += 1
            // What follows may be made under it.
            if atomic == nil, rows.last?.holdsTemplate ?? false { break }
        }
        return rows
    }

    private func next(of reader: any RecordReader, into record: inout RecordRow) throws(CommandFailure) -> ReadOutcome {
        do throws(RecordFileError) { return try reader.next(into: &record) } catch {
            throw CommandFailure(.recordFile(error, path: options.path))
        }
    }

    private func isFull(_ recordCount: Int, _ byteCount: Int) -> Bool {
        recordCount >= Self.portionRecordCount || byteCount >= Self.portionByteCount
    }

    /// Throws where there are more records than receipts are kept of, or than can be registered together.
    private func requireRoom(for number: UInt32, _ byteCount: Int) throws(CommandFailure) {
        guard number < ReceiptBook.recordCountMax else { throw CommandFailure(.tooManyRecords(path: options.path)) }
        guard atomic != nil else { return }
        guard number < AtomicRegistering.rowCountMax, byteCount <= AtomicRegistering.byteCountMax else {
            throw CommandFailure(.tooManyForASet(path: options.path))
        }
    }

    private func note(_ rejection: Rejection, _ number: UInt32) {
        book.note(number, .rejected)
        let language: MessageLanguage = session.language == .chinese ? .chinese : .english
        result.faults.note(code: rejection.error.code.rawValue) { rejection.error.message(language) }
    }

    /// The record as it is to be registered; nil: it is refused here, or was registered before.
    private func take(_ record: borrowing RecordRow, _ number: UInt32) -> WireRow? {
        book.reach(number)
        let row = WireRow(record, number: number, options.additions)
        switch book[number] {
        case .notAttempted: break
        case .rejected:
            if let fault = book.refusal(of: number).map({ ImportFault($0) }) ?? row.fault { note(fault, row) }
            return nil
        default: return nil
        }
        guard let fault = row.fault else { return row }
        book.note(number, .rejected)
        note(fault, row)
        return nil
    }

    private func note(_ fault: ImportFault, _ row: WireRow) {
        result.faults.note(code: fault.code) { fault.message(row: row.row, line: row.line, language: session.language) }
    }

    // MARK: registering

    /// Registers the rows of the portion with these numbers, and notes in the journal what became of them, also where
    /// it could not be finished.
    private func register(_ rows: [WireRow], _ numbers: Range<UInt32>) throws(CommandFailure) {
        var failure: CommandFailure?
        if options.dryRun == .local {
            for row in rows { book.note(row.number, .created) }
        } else {
            do throws(CommandFailure) { try register(rows) } catch { failure = error }
        }
        for row in rows where book[row.number] != .rejected && book[row.number] != .notAttempted { sample.offer(row) }
        try journal?.append(numbers, of: book)
        if let failure { throw failure }
    }

    private func register(_ rows: [WireRow]) throws(CommandFailure) {
        if let atomic { return try register(rows, together: atomic) }
        let done = registering.register(rows, as: .create)
        var existing: [WireRow] = []
        for (row, outcome) in zip(rows, done.outcomes) {
            guard let outcome else { continue }
            switch outcome.code {
            case .success: book.note(row.number, .created)
            case .identifierExists: existing.append(row)
            default: refuse(row, outcome)
            }
        }
        if let failure = done.failure { throw failure }
        guard !existing.isEmpty else { return }
        try settle(existing)
    }

    /// Registers all rows, or none where one of the input is refused.
    private func register(_ rows: [WireRow], together atomic: AtomicRegistering) throws(CommandFailure) {
        let found = try registering.compare(rows)
        var steps: [AtomicRegistering.Step] = []
        for (row, present) in zip(rows, found) {
            switch present {
            case nil: return
            case .same: book.note(row.number, .unchanged)
            case .absent: steps.append((row, .create))
            case .other where options.additions.updates: steps.append((row, .put))
            case .other: refuse(row, ReceiptBook.Refusal(code: .identifierExists, text: []))
            }
        }
        guard !steps.isEmpty, book.count(of: .rejected) == 0, let outcomes = try atomic.register(steps) else { return }
        let isDone = outcomes.allSatisfy { $0.code == .success }
        for (step, outcome) in zip(steps, outcomes) {
            if isDone {
                book.note(step.row.number, step.kind == .create ? .created : .changed)
            } else if outcome.code != .success, !outcome.text.starts(with: Self.notApplied) {
                refuse(step.row, outcome)
            }
        }
        // Of what was only not applied none says why: the first one's own reason is that of the set.
        guard !isDone, book.count(of: .rejected) == 0, let first = outcomes.first else { return }
        refuse(steps[0].row, first)
    }

    /// How the text of a row begins that is not refused itself (docs/protocol-extensions.md).
    private static let notApplied = Array("not applied".utf8)

    /// What becomes of rows whose identifiers exist.
    private func settle(_ rows: [WireRow]) throws(CommandFailure) {
        let found = try registering.compare(rows)
        var differing: [WireRow] = []
        for (row, present) in zip(rows, found) {
            switch present {
            case nil: continue
            case .same: book.note(row.number, .unchanged)
            case .other, .absent: differing.append(row)
            }
        }
        guard options.additions.updates else {
            let refusal = ReceiptBook.Refusal(code: .identifierExists, text: [])
            for row in differing { refuse(row, refusal) }
            return
        }
        let done = registering.register(differing, as: .put)
        for (row, outcome) in zip(differing, done.outcomes) {
            guard let outcome else { continue }
            if outcome.code == .success { book.note(row.number, .changed) } else { refuse(row, outcome) }
        }
        if let failure = done.failure { throw failure }
    }

    private func refuse(_ row: WireRow, _ outcome: ApplyOutcome) {
        refuse(row, ReceiptBook.Refusal(code: outcome.code, text: outcome.text))
    }

    private func refuse(_ row: WireRow, _ refusal: ReceiptBook.Refusal) {
        book.note(row.number, refusal)
        note(ImportFault(refusal), row)
    }

    // MARK: afterwards

    private var tally: ImportTally {
        ImportTally(
            readCount: book.count,
            createdCount: book.count(of: .created),
            changedCount: book.count(of: .changed),
            unchangedCount: book.count(of: .unchanged),
            rejectedCount: book.count(of: .rejected)
        )
    }

    /// Writes the rejects and the receipts of what is known.
    private func conclude() throws(CommandFailure) {
        result.tally = tally
        result.elapsed = elapsed
        let rejectsPath = options.rejectsPath ?? RejectsFile.defaultPath(for: options.path, format: input.format)
        let pass = ReceiptPass(
            book: book,
            additions: options.additions,
            rejects: RejectsFile(path: rejectsPath, language: session.language),
            receiptsPath: options.receiptsPath,
            language: session.language
        )
        guard pass.isNeeded else { return }
        let missing = try Self.file(rejectsPath) { () throws(RecordFileError) in try pass.run(over: input.reader()) }
        if result.tally.rejectedCount > 0 { result.rejectsPath = rejectsPath }
        result.rejectsMissingCount = missing
    }

    /// Resolves the sample. A server that is away meanwhile is asked again, as it is for the import itself; that it
    /// stays away takes nothing from what was registered, and is told.
    private func verify() {
        guard let server, !sample.rows.isEmpty else { return }
        var patience = Patience(seconds: options.patienceSeconds)
        while !Interruption.isRequested {
            do throws(CommandFailure) {
                result.verification = (sample.rows.count, try sample.wrongNames(at: server))
                return
            } catch {
                guard let pause = patience.nextPause() else {
                    return session.tell(.sampleNotResolved(path: options.path))
                }
                Patience.rest(pause)
            }
        }
    }

    private var elapsed: Duration { ContinuousClock.now - start }

    /// `rows` of the input's records are done, and a part of its bytes: as many more as that lets expect.
    private func showProgress(rows: UInt32, _ read: (byteOffset: Int, byteCount: Int?)) {
        if let byteCount = read.byteCount, read.byteOffset > 0 {
            progress.expect(total: UInt64((Double(rows) * Double(byteCount) / Double(read.byteOffset)).rounded()))
        }
        if let text = progress.update(done: UInt64(rows), at: elapsed) { session.note(text) }
    }

    private static func file<Value>(
        _ path: String,
        _ body: () throws(RecordFileError) -> Value
    ) throws(CommandFailure) -> Value {
        do throws(RecordFileError) { return try body() } catch { throw CommandFailure(.recordFile(error, path: path)) }
    }
}
