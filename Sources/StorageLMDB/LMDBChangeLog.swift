internal import Glibc
public import Resolution
internal import ResolutionProtocol
internal import Synchronization

/// The change log in the data file, and the one thread that writes there.
public final class LMDBChangeLog: ChangeLog, @unchecked Sendable {
    // Sendable: what changes is guarded by `monitor`, or used by the writer thread alone.

    /// The most commands that wait.
    public static let queueCountMax = CommandQueue.commandCountMax
    private static let tickNanoseconds: UInt64 = 1_000_000_000
    private static let ticksPerMinute = 60
    /// Ticks after which a full index of hints is told of: less may be one that is about to grow.
    private static let fullIndexTickCount = 3
    /// Outcomes that a tick drops at most: some 10 ms of work.
    private static let trimmedOutcomesPerTick = 1_000
    /// Free bytes with which a full disk is said to have room again.
    private static let roomByteCountMin = 4 << 20
    /// Seconds that forgotten outcomes stay: a set that waited in the queue is still answered by its own clock.
    private static let trimGraceSeconds: UInt64 = 600

    private enum Phase {
        case idle
        case running(WorkerThread)
        case closing
        case closed
    }

    let environment: Environment
    let format: FormatRecord
    private let options: StoreOptions
    private let damage: DamageLog
    private let counts: LMDBCountLedger
    private let ledger: LedgerKeeper
    private let monitor = Monitor()
    private var phase = Phase.idle
    private var queue = CommandQueue()
    private var failure: ChangeLogError?
    private let reporter = Mutex(Reporter { _ in })
    // The writer thread's own.
    private var isStorageFull = false
    private var warnedPercent = 0
    private var knownMapByteCount = 0
    private var knownIndexCapacity = 0
    /// Ticks for which the index of hints has been full.
    private var fullIndexTicks = 0
    private var ticks = 0
    private var trim: HistoryTrim?
    private var trimmedDay: UInt64 = 0
    private var clockWatch = ClockWatch()

    init(
        environment: Environment,
        format: FormatRecord,
        options: StoreOptions,
        damage: DamageLog,
        counts: LMDBCountLedger,
        ledger: LedgerKeeper
    ) {
        self.environment = environment
        self.format = format
        self.options = options
        self.damage = damage
        self.counts = counts
        self.ledger = ledger
    }

    /// Starts the writer thread: folds what the predecessor counted, opens count pages, then takes commands.
    ///
    /// `report` is called from that thread, and so is `begun`, first; what that returns is called after each command,
    /// where others may want the processor.
    public func start(
        report: @escaping @Sendable (StoreEvent) -> Void = { _ in },
        begun: @escaping @Sendable () -> () -> Void = { {} }
    ) throws(StoreError) {
        guard !options.isReadOnly else {
            throw .system(path: environment.path, operation: "write", errno: EROFS)
        }
        reporter.withLock { $0 = Reporter(report: report) }
        knownMapByteCount = environment.mapByteCount
        knownIndexCapacity = environment.hints?.figures.capacity ?? 0
        try counts.start(now: Clock.unixSeconds)
        // The thread looks at the phase first, and waits for the lock until that says that it runs.
        try monitor.withLock { () throws(StoreError) in
            guard case .idle = phase, let thread = WorkerThread({ [self] in run(giveWay: begun()) }) else {
                throw .system(path: environment.path, operation: "thread", errno: EAGAIN)
            }
            phase = .running(thread)
        }
    }

    /// Queues `set`; false when the queue is full, the thread does not run, or the set is not within its bounds.
    public func append(
        _ set: CommandSet,
        then: @escaping @Sendable (Result<CommandSetOutcome, ChangeLogError>) -> Void
    ) -> Bool {
        guard set.isWithinBounds else { return false }
        let new = CommandQueue.Waiting(set: set, byteCount: set.byteCount, then: then)
        return monitor.withLock {
            guard case .running = phase, queue.append(new) else { return false }
            if queue.hasOne { monitor.signal() }
            return true
        }
    }

    /// What waits for the writer thread.
    var queued: (commandCount: Int, byteCount: Int) {
        monitor.withLock { (queue.commandCount, queue.byteCount) }
    }

    /// Commits what waits, folds the counts and ends the thread. Further commands are refused.
    func close() {
        let thread: WorkerThread? = monitor.withLock {
            defer { monitor.signal() }
            guard case .running(let thread) = phase else { return nil }
            phase = .closing
            return thread
        }
        guard let thread else { return }
        thread.join()
        monitor.withLock { phase = .closed }
        // After an error of the disk nothing more is written; what is counted is in the files, for the next start.
        if failure == nil { counts.close() }
    }
}

// The writer thread.
extension LMDBChangeLog {
    private func run(giveWay: @escaping () -> Void) {
        var nextTick = Clock.monotonicNanoseconds + Self.tickNanoseconds
        var nextSlice: UInt64 = 0
        while let group = nextGroup(until: min(nextTick, nextSlice)) {
            if !group.isEmpty { commit(group, giveWay) }
            let now = Clock.monotonicNanoseconds
            if now >= nextSlice { nextSlice = sweep(now, giveWay) }
            guard now >= nextTick else { continue }
            nextTick = now + Self.tickNanoseconds
            tick()
        }
        // What was met since the last tick is told too.
        reportDamage()
    }

    /// Walks on through the records for the index of hints; returns when the next slice is due.
    private func sweep(_ now: UInt64, _ giveWay: () -> Void) -> UInt64 {
        let pace = environment.sweepHints()
        giveWay()
        switch pace {
        case .atOnce: return now
        case .nowAndThen: return now + HintSweep.pauseNanoseconds
        case .atRest: return now + Self.tickNanoseconds
        }
    }

    /// What is queued, at most a group; empty when it is time for a tick or a slice; nil at the end.
    private func nextGroup(until time: UInt64) -> [CommandQueue.Waiting]? {
        monitor.withLock {
            if queue.isEmpty, case .running = phase { monitor.wait(untilMonotonicNanoseconds: time) }
            guard queue.isEmpty else { return queue.takeGroup() }
            guard case .running = phase else { return nil }
            return []
        }
    }

    private func commit(_ group: [CommandQueue.Waiting], _ giveWay: @escaping () -> Void) {
        let results: [Result<CommandSetOutcome, ChangeLogError>]
        do throws(ChangeLogError) {
            if let failure { throw failure }
            results = try commitOnce(group, giveWay)
            hasRoom(true)
        } catch {
            for waiting in group { waiting.then(.failure(error)) }
            return
        }
        for (waiting, result) in zip(group, results) { waiting.then(result) }
        watchMap()
    }

    private func commitOnce(
        _ group: [CommandQueue.Waiting],
        _ giveWay: @escaping () -> Void
    ) throws(ChangeLogError) -> [Result<CommandSetOutcome, ChangeLogError>] {
        do throws(LMDBError) {
            return try environment.write { transaction throws(LMDBError) in
                var applier = try CommandApplier(transaction, format: format, giveWay: giveWay)
                var results: [Result<CommandSetOutcome, ChangeLogError>] = []
                results.reserveCapacity(group.count)
                for waiting in group {
                    do throws(LMDBError) {
                        results.append(.success(try applier.apply(waiting.set)))
                    } catch {
                        guard error == .damaged else { throw error }
                        results.append(.failure(.damaged(reason: LMDBError.damaged.text)))
                    }
                }
                try applier.finish()
                try trimOutcomes(with: group, transaction)
                return results
            }
        } catch {
            throw failed(error)
        }
    }

    /// As many outcomes go as come, and as many again, so that they never pile up.
    private func trimOutcomes(
        with group: [CommandQueue.Waiting],
        _ transaction: Transaction
    ) throws(LMDBError) {
        let keptCount = group.count { $0.set.keeping != nil }
        guard keptCount > 0 else { return }
        let now = group.reduce(0) { max($0, $1.set.unixSeconds) }
        try OutcomeTable.trim(before: now - min(now, Self.trimGraceSeconds), limit: keptCount * 2, transaction)
    }

    /// What a failed transaction means: no room passes; anything else stays until an operator has looked (D10).
    private func failed(_ error: LMDBError) -> ChangeLogError {
        if error.isNoRoom {
            hasRoom(false)
            return .storageFull
        }
        let failure = ChangeLogError.failed(reason: error.text)
        if self.failure == nil {
            self.failure = failure
            tell(.failed(reason: error.text))
        }
        return failure
    }

    private func hasRoom(_ hasRoom: Bool) {
        guard isStorageFull == hasRoom else { return }
        isStorageFull = !hasRoom
        tell(hasRoom ? .storageHasRoom : .storageFull)
    }

    private func reportDamage() {
        for report in damage.drain() { tell(.damaged(report)) }
    }

    private func tick() {
        let now = Clock.unixSeconds
        clockWatch.note(unixSeconds: now, monotonicNanoseconds: Clock.monotonicNanoseconds)
        reportDamage()
        if failure == nil {
            do throws(LMDBError) {
                if try counts.fold(now: now) { hasRoom(true) }
                try ledger.tick(now: now, isSteady: clockWatch.isSteady)
            } catch {
                _ = failed(error)
            }
        }
        trimSlice(now: UInt64(max(0, now)))
        trimOutcomeSlice()
        tryForRoom()
        watchMap()
        watchIndex()
        ticks += 1
        let isMinute = ticks % Self.ticksPerMinute == 0
        // Without pages for tomorrow the ledger counts what it could not give, and tries again.
        if isMinute || !counts.isPrepared(for: now) { try? counts.prepareDays(now: now) }
        guard isMinute else { return }
        let stale = environment.checkReaders()
        if stale > 0 { tell(.staleReaders(count: stale)) }
    }

    /// Trims the history a little, once a day from its beginning to its end, between other writes.
    private func trimSlice(now: UInt64) {
        guard options.historyKeepDays > 0, failure == nil else { return }
        // By a clock that has just jumped ahead by years all history would be old.
        guard clockWatch.isSteady else { return trim = nil }
        if trim == nil, now / 86_400 != trimmedDay {
            trim = HistoryTrim(format: format, keepDays: options.historyKeepDays, now: now)
            trimmedDay = now / 86_400
        }
        guard let current = trim else { return }
        do throws(LMDBError) {
            trim = try environment.write { transaction throws(LMDBError) in
                var slice = current
                try slice.runSlice(transaction)
                return slice.isDone ? nil : slice
            }
        } catch {
            // A damaged entry stays where it is, for idctl verify to tell of; the disk's errors are the log's.
            trim = nil
            if error != .damaged { _ = failed(error) }
        }
    }

    /// While the disk is full: writes something as soon as there is room for more than that, so that it is known within
    /// two seconds even where nobody writes (D3).
    private func tryForRoom() {
        guard isStorageFull, failure == nil, environment.freeByteCount >= Self.roomByteCountMin else { return }
        do throws(LMDBError) {
            try environment.write { transaction throws(LMDBError) in
                var writer = WireWriter(capacity: 64)
                try transaction.setState(try transaction.state(), in: &writer)
            }
            hasRoom(true)
        } catch {
            _ = failed(error)
        }
    }

    /// Drops some of the outcomes that are forgotten; writes nothing where there are none.
    private func trimOutcomeSlice() {
        guard failure == nil else { return }
        let before = UInt64(max(Int64(Self.trimGraceSeconds), Clock.unixSeconds)) - Self.trimGraceSeconds
        do throws(LMDBError) {
            let isNothingToDo = try environment.read { transaction throws(LMDBError) in
                try OutcomeTable.expired(before: before, limit: 1, transaction).isEmpty
            }
            guard !isNothingToDo else { return }
            try environment.write { transaction throws(LMDBError) in
                _ = try OutcomeTable.trim(before: before, limit: Self.trimmedOutcomesPerTick, transaction)
            }
        } catch {
            if error != .damaged { _ = failed(error) }
        }
    }

    /// Tells of a map that grew or fills: at 80 and 90 percent, once each (D4).
    private func watchMap() {
        let (used, map) = (environment.usedByteCount, environment.mapByteCount)
        if map != knownMapByteCount {
            tell(.mapGrew(fromByteCount: knownMapByteCount, toByteCount: map))
            (knownMapByteCount, warnedPercent) = (map, 0)
        }
        for percent in [80, 90] where warnedPercent < percent && used / 100 * 100 >= map / 100 * percent {
            warnedPercent = percent
            tell(.mapFilling(percent: percent, usedByteCount: used, mapByteCount: map))
        }
    }

    /// Tells of an index of hints that grew, or is full and stays so, once until it is not.
    private func watchIndex() {
        guard let figures = environment.hints?.figures else { return }
        if figures.capacity != knownIndexCapacity {
            tell(.indexGrew(fromCapacity: knownIndexCapacity, toCapacity: figures.capacity))
            knownIndexCapacity = figures.capacity
        }
        fullIndexTicks = figures.isFull ? min(fullIndexTicks + 1, Self.fullIndexTickCount + 1) : 0
        guard fullIndexTicks == Self.fullIndexTickCount else { return }
        tell(.indexFull(identifierCount: figures.occupiedCount, capacity: figures.capacity))
    }

    private func tell(_ event: StoreEvent) { reporter.withLock { $0 }.report(event) }
}

// Reading.
extension LMDBChangeLog {
    /// Entries above `sequence`, in order; those of loads are unpacked.
    public func entries(after sequence: UInt64, limit: Int) throws(ChangeLogError) -> [ChangeEntry] {
        guard sequence < .max, limit > 0 else { return [] }
        return try reading { transaction throws(LMDBError) in
            let cursor = try Cursor(transaction, transaction.tables.log)
            var entries: [ChangeEntry] = []
            var found = try cursor.seek((sequence + 1).bigEndianBytes)
            while let entry = found, entries.count < limit {
                entries.append(try Self.decode(entry))
                found = try cursor.next()
            }
            return entries
        }
    }

    /// The outcomes kept of `request` that cover `row` and are not forgotten at `unixSeconds`.
    public func keptOutcomes(
        of request: [UInt8],
        row: UInt32,
        unixSeconds: UInt64
    ) throws(ChangeLogError) -> KeptOutcomes? {
        try reading { transaction throws(LMDBError) in
            try OutcomeTable.outcomes(of: request, row: row, unixSeconds: unixSeconds, transaction)
        }
    }

    /// Whether an outcome of `request` is kept for one of `rows`, and not forgotten at `unixSeconds`.
    public func hasKeptOutcomes(
        of request: [UInt8],
        rows: Range<UInt32>,
        unixSeconds: UInt64
    ) throws(ChangeLogError) -> Bool {
        try reading { transaction throws(LMDBError) in
            try OutcomeTable.hasOutcomes(of: request, rows: rows, unixSeconds: unixSeconds, transaction)
        }
    }

    /// The newest sequence number; 0: nothing has changed yet.
    public func lastSequence() throws(ChangeLogError) -> UInt64 {
        try reading { transaction throws(LMDBError) in try transaction.state().lastSequence }
    }

    static func decode(_ entry: Cursor.Entry) throws(LMDBError) -> ChangeEntry {
        guard let sequence = UInt64(bigEndianBytes: entry.key), entry.key.count == 8,
            let content = Sealed.open(entry.value, key: entry.key)
        else { throw .damaged }
        do { return try LogEntry(content.bytes).entry(sequence: sequence) } catch { throw .damaged }
    }

    /// Runs `body` on a snapshot.
    func reading<Value>(
        _ body: (Transaction) throws(LMDBError) -> Value
    ) throws(ChangeLogError) -> Value {
        do throws(LMDBError) { return try environment.read(body) } catch { throw ChangeLogError(error) }
    }
}

extension ChangeLogError {
    /// What LMDB's error means to the port.
    init(_ error: LMDBError) {
        self =
            switch error {
            case .damaged, .pageNotFound: .damaged(reason: error.text)
            case let error where error.isNoRoom: .storageFull
            default: .failed(reason: error.text)
            }
    }
}

/// Who is told of events. In a struct: a closure by itself in a mutex is wrapped once more by every access.
private struct Reporter: Sendable {
    let report: @Sendable (StoreEvent) -> Void
}
