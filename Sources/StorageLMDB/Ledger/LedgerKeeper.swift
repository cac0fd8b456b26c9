package import Resolution
internal import ResolutionProtocol

/// What the keeper of the ledger has to tell.
package enum LedgerEvent: Sendable {
    /// An entry was made, and is durable.
    case written(LedgerHead)
    /// No entry could be made; it is tried again every minute.
    case failed(String)
}

/// Closes days: writes the entries of the resolution ledger, in the writer thread, between its other writes.
///
/// It reads what is folded, not what the workers' pages have beyond it: what comes after that is marked as late by the
/// fold that brings it, and enters a correction.
package final class LedgerKeeper: @unchecked Sendable {
    // Sendable: set before the writer thread starts, which alone uses it then.

    /// Entries that are made at most before other writes have their turn, and the time after which none is begun.
    private static let entriesPerTurn = 64
    private static let turnNanoseconds: UInt64 = 50_000_000
    /// Days before this one are no days of counting but of a clock that was wrong: 2020-01-01.
    private static let earliestFirstDay = CountDay(number: 18_262)

    private let environment: Environment
    private let counts: LMDBCountLedger
    private var author: LedgerAuthor?
    private var closeAfterSeconds: Int64 = 600
    private var report: @Sendable (LedgerEvent) -> Void = { _ in }
    private var ticksToRest = 0
    private var lastFailure = ""

    init(environment: Environment, counts: LMDBCountLedger) {
        self.environment = environment
        self.counts = counts
    }

    /// Has days closed by `author`, each so many seconds after its end. Called before the writer thread starts.
    package func keep(
        by author: LedgerAuthor,
        closeAfterSeconds: Int64,
        report: @escaping @Sendable (LedgerEvent) -> Void
    ) {
        self.author = author
        self.closeAfterSeconds = closeAfterSeconds
        self.report = report
    }

    /// One tick of a second: once a minute, or while there is more to do, the entries that are due. Where the clock has
    /// just jumped none is: it may jump back, and no entry is ever taken back.
    func tick(now: Int64, isSteady: Bool) throws(LMDBError) {
        ticksToRest -= 1
        guard isSteady, ticksToRest <= 0 else { return }
        if try !makeDue(now: now) { ticksToRest = 60 }
    }

    /// Makes some of the entries that are due; false: there is no more to do, or it failed.
    @discardableResult
    func makeDue(now: Int64) throws(LMDBError) -> Bool {
        guard let author else { return false }
        let end = Clock.monotonicNanoseconds + Self.turnNanoseconds
        do throws(Failure) {
            for _ in 0..<Self.entriesPerTurn where Clock.monotonicNanoseconds < end {
                guard try makeEntry(by: author, now: now) else { return false }
                lastFailure = ""
            }
            return true
        } catch {
            try tell(error)
            return false
        }
    }

    private enum Failure: Error {
        case storage(LMDBError)
        case ledger(LedgerError)
        case counts(ChangeLogError)
    }

    /// The errors of the disk are the writer's; what else is wrong is told, once.
    private func tell(_ failure: Failure) throws(LMDBError) {
        let reason: String
        switch failure {
        case .storage(let error) where error != .damaged: throw error
        case .storage(let error): reason = error.text
        case .ledger(let error): reason = "\(error)"
        case .counts(let error): reason = "\(error)"
        }
        if reason != lastFailure { report(.failed(reason)) }
        lastFailure = reason
    }

    /// What is to be done next.
    private enum Step {
        case identify
        case close
        case correct(CountDay)
    }

    /// Makes the next entry that is due; false: none is.
    private func makeEntry(by author: LedgerAuthor, now: Int64) throws(Failure) -> Bool {
        let state = try storage { transaction throws(LMDBError) in try LedgerTable.state(transaction) }
        var pen = LedgerPen(author: author, state: try start(state, now: now))
        guard let step = try nextStep(pen, now: now) else { return false }
        let lateDays = try state == nil ? daysBefore(pen.state.firstDay) : []
        guard let entry = try entry(step, &pen, now: now) else { return true }
        do throws(LMDBError) {
            try environment.write { [state = pen.state] transaction throws(LMDBError) in
                try LedgerTable.put(entry, state, transaction)
                var writer = WireWriter(capacity: 64)
                for day in lateDays { try LedgerTable.markLate(day, transaction, &writer) }
            }
        } catch {
            throw .storage(error)
        }
        counts.nextLedgerDay = pen.state.nextDay
        report(.written(entry.head))
        return true
    }

    private func nextStep(_ pen: LedgerPen, now: Int64) throws(Failure) -> Step? {
        if pen.needsIdentity { return .identify }
        if isOver(pen.state.nextDay, now: now) { return .close }
        let late = try storage { transaction throws(LMDBError) in
            try LedgerTable.lateDay(transaction) { isOver($0, now: now) }
        }
        return late.map { .correct($0) }
    }

    private func isOver(_ day: CountDay, now: Int64) -> Bool {
        now >= CountDay(number: day.number + 1).startUnixSeconds + closeAfterSeconds
    }

    /// The entry of `step`; nil: there was nothing to correct after all.
    private func entry(_ step: Step, _ pen: inout LedgerPen, now: Int64) throws(Failure) -> LedgerEntry? {
        switch step {
        case .identify:
            do throws(LedgerError) { return try pen.identify(unixSeconds: now) } catch { throw .ledger(error) }
        case .close:
            let account = try account(of: pen.state.nextDay)
            let before = try rows(of: pen.state.rowsEntry)
            do throws(LedgerError) {
                return try pen.close(account, before: before, unixSeconds: now)
            } catch {
                throw .ledger(error)
            }
        case .correct(let day): return try correction(of: day, &pen, now: now)
        }
    }

    private func correction(
        of day: CountDay,
        _ pen: inout LedgerPen,
        now: Int64
    ) throws(Failure) -> LedgerEntry? {
        let difference = try account(of: day).beyond(try recorded(of: day))
        guard !difference.isEmpty else {
            do throws(LMDBError) {
                try environment.write { transaction throws(LMDBError) in
                    _ = try transaction.delete(transaction.tables.ledger, LedgerTable.lateKey(day))
                }
            } catch {
                throw .storage(error)
            }
            return nil
        }
        let before = try rows(of: pen.state.rowsEntry)
        do throws(LedgerError) {
            return try pen.correct(day, by: difference, before: before, unixSeconds: now)
        } catch {
            throw .ledger(error)
        }
    }

    /// What is folded for `day`.
    private func account(of day: CountDay) throws(Failure) -> LedgerAccount {
        let prefixes = try storage { transaction throws(LMDBError) in try PrefixTable.rows(transaction) }
        do throws(ChangeLogError) {
            return LedgerAccount(try counts.foldedTotals(of: day), prefixes: prefixes)
        } catch {
            throw .counts(error)
        }
    }

    /// What the ledger has for `day` in all its entries.
    private func recorded(of day: CountDay) throws(Failure) -> LedgerAccount {
        try storage { transaction throws(LMDBError) in
            var account = LedgerAccount()
            for number in try LedgerTable.entries(of: day, transaction) {
                try LedgerTable.forEachFrame(of: number, transaction) { frame throws(LMDBError) in
                    try account.add(frame)
                }
            }
            return account
        }
    }

    /// The rows of an entry.
    private func rows(of number: UInt64?) throws(Failure) -> [LedgerRow] {
        guard let number else { return [] }
        return try storage { transaction throws(LMDBError) in
            var rows: [LedgerRow] = []
            try LedgerTable.forEachFrame(of: number, transaction) { frame throws(LMDBError) in
                guard frame.kind == .row else { return }
                do { rows.append(try LedgerRow(wire: frame.content)) } catch { throw .damaged }
            }
            return rows
        }
    }

    /// What to go on from. A ledger begins with the first day that was counted, or today.
    private func start(_ state: LedgerState?, now: Int64) throws(Failure) -> LedgerState {
        if let state { return state }
        let today = CountDay(unixSeconds: now)
        let counted = try countedDays().first { $0 >= Self.earliestFirstDay }
        return LedgerState(firstDay: min(counted ?? today, today))
    }

    private func daysBefore(_ day: CountDay) throws(Failure) -> [CountDay] { try countedDays().filter { $0 < day } }

    private func countedDays() throws(Failure) -> [CountDay] {
        do throws(ChangeLogError) { return try counts.days() } catch { throw .counts(error) }
    }

    private func storage<Value>(
        _ body: (Transaction) throws(LMDBError) -> Value
    ) throws(Failure) -> Value {
        do throws(LMDBError) { return try environment.read(body) } catch { throw .storage(error) }
    }
}

extension LedgerAccount {
    /// Adds what `frame` added to its day.
    fileprivate mutating func add(_ frame: LedgerFrame) throws(LMDBError) {
        do {
            switch frame.kind {
            case .row: add(try LedgerRow(wire: frame.content))
            case .source: add(try LedgerSourceRow(wire: frame.content))
            case .head: otherSourceCount &+= try LedgerHead(wire: frame.content).otherSourceCount
            case .identity, .signature, .fileHead, .fileEnd: break
            }
        } catch {
            throw .damaged
        }
    }
}
