internal import Console
internal import EventLoop
internal import RecordFiles
internal import Resolution
internal import ResolutionProtocol
internal import StorageLMDB

/// One import: reads the file, hands its records to a bulk load, writes, reports.
final class ImportRun {
    /// Rows looked up afterwards.
    static let sampleCount = 1_000
    /// After how many records the clock and Ctrl-C are looked at.
    private static let stride = 4_096

    private let options: ImportOptions
    private let session: Session
    private let store: Store
    private let input: ImportInput
    private let loader: BulkLoader
    private let rejects: RejectsFile
    private var prefixes: HomedPrefixes
    private var encoder = RowEncoder()
    private var sample = RowSample(countMax: ImportRun.sampleCount)
    private var conflicts = ConflictRows()
    private var result = ImportResult()
    private let start = ContinuousClock.now
    private let unixSeconds = UInt64(SystemClock.coarseRealtimeSeconds())
    private var progress: ProgressLine
    private let dryRun: DryRunLookup?
    private let gate: TemplateGate

    init(_ options: ImportOptions, store: Store, session: Session) throws(CommandFailure) {
        self.options = options
        self.session = session
        self.store = store
        input = try Self.file(options.path) { () throws(RecordFileError) in
            try ImportInput(path: options.path, form: options.form, directory: options.directory)
        }
        let rejectsPath = options.rejectsPath ?? RejectsFile.defaultPath(for: options.path, format: input.format)
        rejects = RejectsFile(path: rejectsPath, language: session.language)
        prefixes = HomedPrefixes(
            try Self.stored { () throws(StoreError) in try store.prefixRows() },
            homesMissing: options.homesPrefixes
        )
        let origin = Array("idctl import \(options.path)".utf8.prefix(255))
        loader = BulkLoader(store: store, policy: options.policy, unixSeconds: unixSeconds, origin: origin)
        progress = Self.progressLine(session.words("reading", "读取"), total: nil, session)
        let (template, policy) = (options.template, options.policy)
        gate = try Self.stored { () throws(StoreError) in
            try TemplateGate(store, chosen: template, updates: policy == .overwrite)
        }
        dryRun =
            options.isDryRun
            ? try Self.stored { () throws(StoreError) in
                DryRunLookup(reader: try store.makeReader(), folding: store.folding, policy: policy)
            } : nil
        result.isDryRun = options.isDryRun
    }

    /// Reads, writes and checks. The result is to be told, whatever became of it.
    func run() throws(CommandFailure) -> ImportResult {
        try readAll()
        let isWriting = !result.wasStopped && !result.wasInterrupted && !options.isDryRun
        if isWriting { try write() }
        if let dryRun { finish(dryRun) }
        if !conflicts.isEmpty { try writeConflicts() }
        try Self.file(rejects.path) { () throws(RecordFileError) in try rejects.finish() }
        if rejects.exists { result.rejectsPath = rejects.path }
        result.rejectsMissingCount = conflicts.droppedCount
        result.elapsed = ContinuousClock.now - start
        if isWriting, options.isVerified { try verify() }
        return result
    }

    // MARK: reading

    private func readAll() throws(CommandFailure) {
        let reader = try Self.file(options.path) { () throws(RecordFileError) in try input.reader() }
        var row = RecordRow()
        var isDone = false
        while !isDone {
            for _ in 0..<Self.stride where !isDone { isDone = try !readOne(from: reader, into: &row) }
            showProgress(done: result.tally.readCount)
            if dryRun != nil { MappedPages.release(store) }
            let tally = result.tally
            result.wasInterrupted = Interruption.isRequested
            result.wasStopped =
                options.rejectLimit?.isPassed(rejected: tally.rejectedCount, read: tally.readCount, isEnd: isDone)
                ?? false
            if result.wasInterrupted || result.wasStopped { break }
        }
        finishProgress(done: result.tally.readCount)
    }

    /// Reads one record; false: there is none left.
    private func readOne(from reader: any RecordReader, into row: inout RecordRow) throws(CommandFailure) -> Bool {
        switch try Self.file(options.path, { () throws(RecordFileError) in try reader.next(into: &row) }) {
        case .end: return false
        case .rejected(let rejection):
            result.tally.readCount += 1
            result.tally.rejectedCount += 1
            let language: MessageLanguage = session.language == .chinese ? .chinese : .english
            result.faults.note(code: rejection.error.code.rawValue) { rejection.error.message(language) }
            try Self.file(rejects.path) { () throws(RecordFileError) in try rejects.write(rejection, from: reader) }
        case .record:
            result.tally.readCount += 1
            if let fault = try take(&row) { try reject(row, fault, reader) }
        }
        return true
    }

    /// Hands a record to the load; returns why it cannot be held, or nil.
    private func take(_ row: inout RecordRow) throws(CommandFailure) -> ImportFault? {
        let name: Identifier
        do throws(IdentifierError) {
            name = try Identifier(Array(row.bytes[row.identifier]))
        } catch {
            return .notAnIdentifier(error)
        }
        guard prefixes.keeps(row.bytes, row.identifier) else {
            return .prefixNotHomed(HomedPrefixes.name(row.bytes, row.identifier))
        }
        if let fault = gate.admit(&row) { return fault }
        encoder.encode(row)
        let firstRow = row.row
        if let dryRun {
            encoder.withValueList { dryRun.add(name, valueList: $0, row: firstRow) }
            return nil
        }
        let areAllPublic = encoder.areAllPublic
        let refusal = try Self.stored { () throws(StoreError) in
            try encoder.withValueList { (list) throws(StoreError) in
                try loader.add(name, valueList: list, areAllPublic: areAllPublic, row: UInt64(firstRow))
            }
        }
        if let refusal { return .refused(refusal) }
        if options.isVerified {
            sample.offer {
                RowSample.Row(row: firstRow, name: name.bytes, digest: encoder.withValueList(RowSample.digest))
            }
        }
        return nil
    }

    private func reject(_ row: borrowing RecordRow, _ fault: ImportFault, _ reader: any RecordReader)
        throws(CommandFailure)
    {
        result.tally.rejectedCount += 1
        let message = fault.message(row: row.row, line: row.line, language: session.language)
        result.faults.note(code: fault.code) { message }
        let firstRow = row.row
        try Self.file(rejects.path) { () throws(RecordFileError) in
            try rejects.write(firstRow: firstRow, code: fault.code, message: message, from: reader)
        }
    }

    // MARK: writing

    private func write() throws(CommandFailure) {
        try homePrefixes()
        let total = result.tally.readCount - result.tally.rejectedCount
        progress = Self.progressLine(session.words("writing", "写入"), total: UInt64(total), session)
        var wasTold = false
        do throws(StoreError) {
            let report = try loader.finish(
                progress: { [self] count in
                    showProgress(done: count)
                    MappedPages.release(store)
                    guard Interruption.isRequested, !wasTold else { return }
                    wasTold = true
                    session.tell(.finishingWrite())
                },
                report: { [self] in conflicts.note(row: $0.row, $0.reason) }
            )
            finishProgress(done: total)
            result.tally.createdCount += report.insertedCount
            result.tally.changedCount += report.overwrittenCount
            result.tally.unchangedCount += report.unchangedCount
            result.tally.rejectedCount += report.conflictCount
        } catch {
            throw CommandFailure(.store(error))
        }
        conflicts.sort()
        result.wasInterrupted = wasTold
    }

    private func finish(_ dryRun: DryRunLookup) {
        dryRun.finish()
        conflicts = dryRun.conflicts
        result.tally.createdCount += dryRun.createdCount
        result.tally.changedCount += dryRun.changedCount
        result.tally.unchangedCount += dryRun.unchangedCount
        result.tally.rejectedCount += conflicts.count + conflicts.droppedCount
    }

    private func homePrefixes() throws(CommandFailure) {
        let added = prefixes.added.sorted { $0.lexicographicallyPrecedes($1) }
        guard !added.isEmpty else { return }
        let seconds = unixSeconds
        _ = try Self.stored { () throws(StoreError) in
            try store.setPrefixes(
                added.map { ($0, .homed) },
                unixSeconds: seconds,
                origin: Array("idctl import --home-prefixes".utf8)
            )
        }
    }

    /// Reads the input again for the text of the rows that were refused when they were written.
    private func writeConflicts() throws(CommandFailure) {
        let reader = try Self.file(options.path) { () throws(RecordFileError) in try input.reader() }
        var row = RecordRow()
        var left = conflicts.count
        while left > 0 {
            let outcome = try Self.file(options.path) { () throws(RecordFileError) in try reader.next(into: &row) }
            if case .end = outcome { return }
            guard case .record = outcome, let fault = conflicts[row.row] else { continue }
            left -= 1
            let message = fault.message(row: row.row, line: row.line, language: session.language)
            result.faults.note(code: fault.code) { message }
            let firstRow = row.row
            try Self.file(rejects.path) { () throws(RecordFileError) in
                try rejects.write(firstRow: firstRow, code: fault.code, message: message, from: reader)
            }
        }
    }

    // MARK: checking

    /// Looks a sample up as a query would.
    private func verify() throws(CommandFailure) {
        let rows = sample.rows.filter { conflicts[$0.row] == nil }
        let check = try Self.stored { () throws(StoreError) in try SampleCheck(store) }
        result.verification = (rows.count, check.wrongNames(rows))
    }

    // MARK: progress and errors

    private static func progressLine(_ label: String, total: UInt64?, _ session: Session) -> ProgressLine {
        ProgressLine(label: label, total: total, terminal: session.errorTerminal, language: session.language)
    }

    private func showProgress(done: Int) {
        if let text = progress.update(done: UInt64(done), at: ContinuousClock.now - start) { session.note(text) }
    }

    private func finishProgress(done: Int) {
        if let text = progress.finish(done: UInt64(done), at: ContinuousClock.now - start) { session.note(text) }
    }

    private static func file<Value>(
        _ path: String,
        _ body: () throws(RecordFileError) -> Value
    ) throws(CommandFailure) -> Value {
        do throws(RecordFileError) { return try body() } catch { throw CommandFailure(.recordFile(error, path: path)) }
    }

    private static func stored<Value>(_ body: () throws(StoreError) -> Value) throws(CommandFailure) -> Value {
        do throws(StoreError) { return try body() } catch { throw CommandFailure(.store(error)) }
    }
}
