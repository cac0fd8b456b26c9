internal import Glibc
public import Resolution
internal import ResolutionProtocol
internal import Synchronization

/// Counts in the data file, and the mapped files that workers count in until the writer thread has folded them in.
///
/// Without a writer thread (a stopped node) totals come out of the table and the files as they lie there.
public final class LMDBCountLedger: CountLedger, @unchecked Sendable {
    // Sendable: pages and use are behind a lock; the rest is the writer thread's own.

    /// A page and what of it is in the table. The writer thread's own, but for `file`.
    private final class Open {
        let file: CountPageFile
        /// "Received" of each slot as last folded; `UInt64.max`: never folded.
        var folded: [UInt64]
        /// Slots folded while their query may have been under way: they are folded once more.
        var unsettled: Set<Int> = []
        var header: [UInt64] = []
        var sources: [WorkerCounts.SourceKey: UInt64] = [:]

        init(_ file: CountPageFile) {
            self.file = file
            folded = Array(repeating: 0, count: file.page.slotCount)
        }
    }

    private struct Place: Hashable {
        var worker: Int
        var day: CountDay
    }

    private static let foldsPerSourceFold = 60
    /// Seconds that a page is kept after its worker has gone on to the next day.
    private static let graceSeconds: Int64 = 60

    private let environment: Environment
    private let counts: String
    private let options: StoreOptions
    /// The pages that may be asked for, and by worker the day whose page it was last given.
    private struct Pages {
        var files: [Place: CountPageFile] = [:]
        var dayInUse: [Int: CountDay] = [:]
    }

    private let pages = Mutex(Pages())
    private let isStarted = Atomic<Bool>(false)
    /// How often a worker asked for a page that was not there: its counts of that time go to the page of the day
    /// before, or are lost where it has none.
    private let missing = Atomic<Int>(0)
    private var open: [Open] = []
    private var foldCount = 0
    private var preparedDay: CountDay?
    /// The day whose entry in the resolution ledger is next: what is folded for an earlier one is late, and is marked.
    var nextLedgerDay: CountDay?

    init(environment: Environment, paths: Paths, options: StoreOptions) {
        self.environment = environment
        counts = paths.counts
        self.options = options
    }

    /// How often no page could be had.
    public var missingPageCount: Int { missing.load(ordering: .relaxed) }

    /// The page of `worker` for `day`; nil, and counted, when it was not opened beforehand.
    public func page(worker: Int, day: CountDay) -> CountPage? {
        let file = pages.withLock { pages in
            let file = pages.files[Place(worker: worker, day: day)]
            if file != nil { pages.dayInUse[worker] = day }
            return file
        }
        guard let file else {
            missing.wrappingAdd(1, ordering: .relaxed)
            return nil
        }
        return file.page
    }

    /// The table and the workers' pages together, summed over workers.
    public func totals(of day: CountDay) throws(ChangeLogError) -> DayTotals {
        // Pages first: one that goes in between has been folded before.
        let pages = currentFiles().filter { $0.day == day }
        var workers = try workerCounts(of: day)
        let slotCount = try slotsToRead()
        for file in pages {
            workers[file.worker, default: WorkerCounts()].merge(WorkerCounts(file.page, slotCount: slotCount))
        }
        return Self.sum(workers, day)
    }

    /// What of `day` is durable: the table alone, without what the workers' pages have beyond it.
    func foldedTotals(of day: CountDay) throws(ChangeLogError) -> DayTotals {
        Self.sum(try workerCounts(of: day), day)
    }

    private static func sum(_ workers: [Int: WorkerCounts], _ day: CountDay) -> DayTotals {
        var totals = DayTotals(day: day)
        var sources = WorkerCounts()
        for worker in workers.values {
            worker.add(to: &totals)
            for (key, count) in worker.sources { sources.sources[key, default: 0] += count }
        }
        totals.sources = sources.sourceTotals
        return totals
    }

    /// The days with anything counted, in order.
    public func days() throws(ChangeLogError) -> [CountDay] {
        var days = Set<CountDay>()
        let slotCount = try slotsToRead()
        for file in currentFiles() where !WorkerCounts(file.page, slotCount: slotCount).slots.isEmpty {
            days.insert(file.day)
        }
        do throws(LMDBError) {
            try environment.read { transaction throws(LMDBError) in
                let cursor = try Cursor(transaction, transaction.tables.counts)
                var found = try cursor.first()
                while let entry = found {
                    let key = try Self.key(entry)
                    days.insert(key.day)
                    found = try cursor.seek(CountRow.dayBytes(CountDay(number: key.day.number + 1)))
                }
            }
        } catch {
            throw ChangeLogError(error)
        }
        return days.sorted()
    }

    private func slotsToRead() throws(ChangeLogError) -> Int {
        do throws(LMDBError) { return try slotsInUse() } catch { throw ChangeLogError(error) }
    }

    /// The files that count at the moment; without a writer thread, copies of those that lie there.
    private func currentFiles() -> [CountPageFile] {
        if isStarted.load(ordering: .acquiring) { return pages.withLock { Array($0.files.values) } }
        return CountPageFile.names(in: counts).compactMap { CountPageFile.open("\(counts)/\($0)", isCopy: true) }
    }

    private func workerCounts(of day: CountDay) throws(ChangeLogError) -> [Int: WorkerCounts] {
        do throws(LMDBError) {
            return try environment.read { transaction throws(LMDBError) in
                let start = CountRow.dayBytes(day)
                let cursor = try Cursor(transaction, transaction.tables.counts)
                var workers: [Int: WorkerCounts] = [:]
                var found = try cursor.seek(start)
                while let entry = found, entry.key.starts(with: start) {
                    let key = try Self.key(entry)
                    guard let content = Sealed.open(entry.value, key: entry.key) else { throw .damaged }
                    do {
                        try workers[key.worker, default: WorkerCounts()].merge(key, content.bytes)
                    } catch {
                        throw .damaged
                    }
                    found = try cursor.next()
                }
                return workers
            }
        } catch {
            throw ChangeLogError(error)
        }
    }

    private static func key(_ entry: Cursor.Entry) throws(LMDBError) -> CountRow.Key {
        var reader = WireReader(entry.key.bytes)
        do { return try CountRow.Key(from: &reader) } catch { throw .damaged }
    }
}

// What the writer thread does.
extension LMDBCountLedger {
    /// Folds what a predecessor left, and opens the pages of today and tomorrow.
    func start(now: Int64) throws(StoreError) {
        if mkdir(counts, 0o700) != 0, errno != EEXIST {
            throw .system(path: counts, operation: "mkdir", errno: errno)
        }
        nextLedgerDay = try Store.lmdb(environment.path, "read the ledger") { () throws(LMDBError) in
            try environment.read { transaction throws(LMDBError) in try LedgerTable.state(transaction)?.nextDay }
        }
        try foldPredecessor(today: CountDay(unixSeconds: now))
        try prepareDays(now: now)
        isStarted.store(true, ordering: .releasing)
    }

    private func foldPredecessor(today: CountDay) throws(StoreError) {
        for name in CountPageFile.names(in: counts) {
            let path = "\(counts)/\(name)"
            guard let file = CountPageFile.open(path, isCopy: false) else {
                CountPageFile.setAside(path)
                continue
            }
            let left = Open(file)
            _ = try Store.lmdb(environment.path, "fold") { () throws(LMDBError) in
                try fold([left], slotCount: try slotsInUse())
            }
            let isOurs =
                file.day >= today && file.worker < options.workers && file.page.slotCount == options.prefixSlots
                && file.page.sourceCount == options.sourceEntries
                && path == CountPageFile.path(in: counts, day: file.day, worker: file.worker)
            if isOurs { add(left) } else { file.remove() }
        }
    }

    private func add(_ page: Open) {
        open.append(page)
        pages.withLock { $0.files[Place(worker: page.file.worker, day: page.file.day)] = page.file }
    }

    /// Opens the pages of today and tomorrow for all workers, and drops those that nobody counts in any more.
    /// Called by the writer thread, each minute.
    package func prepareDays(now: Int64) throws(StoreError) {
        let today = CountDay(unixSeconds: now)
        for day in [today, CountDay(number: today.number + 1)] {
            for worker in 0..<options.workers {
                guard pages.withLock({ $0.files[Place(worker: worker, day: day)] }) == nil else { continue }
                let file = try CountPageFile.make(
                    in: counts,
                    day: day,
                    worker: worker,
                    slotCount: options.prefixSlots,
                    sourceCount: options.sourceEntries
                )
                let kept = try? workerCounts(of: day)[worker]
                kept?.restore(to: file.page)
                add(Open(file))
            }
        }
        preparedDay = today
        try dropOldPages(now: now)
    }

    private func dropOldPages(now: Int64) throws(StoreError) {
        let old = open.filter { page in
            guard isPast(page.file.day, now) || isFarAhead(page.file.day, now) else { return false }
            return pages.withLock { $0.dayInUse[page.file.worker] } != page.file.day
        }
        guard !old.isEmpty else { return }
        _ = try Store.lmdb(environment.path, "fold") { () throws(LMDBError) in
            try fold(old, slotCount: try slotsInUse())
        }
        // A clock that jumped meanwhile may have brought its worker back.
        let gone = old.filter { page in
            pages.withLock { pages in
                guard pages.dayInUse[page.file.worker] != page.file.day else { return false }
                pages.files[Place(worker: page.file.worker, day: page.file.day)] = nil
                return true
            }
        }
        for page in gone { page.file.remove() }
        open.removeAll { page in gone.contains { $0 === page } }
    }

    /// Whether no worker turns to `day` any more.
    private func isPast(_ day: CountDay, _ now: Int64) -> Bool {
        now >= CountDay(number: day.number + 1).startUnixSeconds + Self.graceSeconds
    }

    /// Whether `day` is one of a time to which the clock had jumped, and come back from.
    private func isFarAhead(_ day: CountDay, _ now: Int64) -> Bool {
        day.number > CountDay(unixSeconds: now).number + 1
    }

    /// Whether the pages of the day are there: not so for a day that a clock jumped to.
    func isPrepared(for now: Int64) -> Bool { preparedDay == CountDay(unixSeconds: now) }

    /// Puts what has changed since the last fold into the table, durably; whether there was anything to put.
    @discardableResult
    func fold(now: Int64 = Clock.unixSeconds) throws(LMDBError) -> Bool {
        foldCount += 1
        let slotCount = try slotsInUse()
        notePeaks(slotCount: slotCount, second: CountDay.secondOfDay(unixSeconds: now))
        let hasWritten = try fold(
            open,
            slotCount: slotCount,
            withSources: foldCount % Self.foldsPerSourceFold == 0
        )
        for page in open { page.file.synchronizeLater() }
        return hasWritten
    }

    /// Adds up over the workers of a day what came in this second and the two before, and notes the peaks. A prefix is
    /// looked at when something came for it since the last fold, or in the fold before.
    private func notePeaks(slotCount: Int, second: UInt64) {
        for (_, ofDay) in Dictionary(grouping: open, by: \.file.day) {
            let pages = ofDay.map(\.file.page)
            for page in ofDay {
                let numbers = (0..<min(slotCount, page.file.page.slotCount)).filter {
                    page.file.page.receivedCount(of: $0) != page.folded[$0] || page.unsettled.contains($0)
                }
                guard !numbers.isEmpty else { continue }
                for back in 0..<3 where second >= UInt64(back) {
                    page.file.page.notePeaks(of: pages, numbers: numbers, second: second - UInt64(back))
                }
            }
        }
    }

    /// Slots that may hold a count: those of all prefixes there ever were, number 0 included, and at least the few that
    /// lie beside it.
    fileprivate func slotsInUse() throws(LMDBError) -> Int {
        try environment.read { transaction throws(LMDBError) in
            max(Self.slotsAlwaysRead, Int(try transaction.state().lastPrefixNumber) + 1)
        }
    }

    private static let slotsAlwaysRead = 64

    /// The last fold. The pages stay mapped until the ledger is released: a worker may still hold one.
    func close() {
        guard isStarted.load(ordering: .acquiring) else { return }
        // What cannot be folded now is in the files, and the next start folds it.
        if let slotCount = try? slotsInUse() { _ = try? fold(open, slotCount: slotCount) }
    }

    /// Changed slots of one page, as read before the transaction.
    private struct Change {
        var slots: [(number: Int, received: UInt64, totals: CountTotals)] = []
        var header: [UInt64]?
        var sources: [WorkerCounts.SourceKey: UInt64]?

        var isEmpty: Bool { slots.isEmpty && header == nil && sources == nil }
    }

    /// `slotCount`: slots to look at, so that pages that nobody counts in are not brought into memory.
    @discardableResult
    private func fold(_ pages: [Open], slotCount: Int, withSources: Bool = true) throws(LMDBError) -> Bool {
        let changes = pages.map { change(in: $0, slotCount: slotCount, withSources: withSources) }
        guard changes.contains(where: { !$0.isEmpty }) else { return false }
        try environment.write { transaction throws(LMDBError) in
            var writer = WireWriter(capacity: 4_096)
            for (page, change) in zip(pages, changes) { try write(change, of: page.file, transaction, &writer) }
        }
        for (page, change) in zip(pages, changes) { note(change, in: page) }
        return true
    }

    private func change(in page: Open, slotCount: Int, withSources: Bool) -> Change {
        var change = Change()
        for number in 0..<min(slotCount, page.file.page.slotCount) {
            let received = page.file.page.receivedCount(of: number)
            guard received != page.folded[number] || page.unsettled.contains(number) else { continue }
            change.slots.append((number, received, page.file.page.totals(of: number)))
        }
        let header = WorkerCounts.header(of: page.file.page)
        if header != page.header, header.contains(where: { $0 > 0 }) { change.header = header }
        guard withSources else { return change }
        let sources = WorkerCounts.sources(of: page.file.page)
        if sources != page.sources { change.sources = sources }
        return change
    }

    /// Remembers what is in the table now, after the commit.
    private func note(_ change: Change, in page: Open) {
        page.unsettled = []
        for slot in change.slots {
            // "Received" is counted first: the rest of that query may have come after the copy.
            if page.folded[slot.number] != slot.received { page.unsettled.insert(slot.number) }
            page.folded[slot.number] = slot.received
        }
        if let header = change.header { page.header = header }
        if let sources = change.sources { page.sources = sources }
    }

    private func write(
        _ change: Change,
        of file: CountPageFile,
        _ transaction: Transaction,
        _ writer: inout WireWriter
    ) throws(LMDBError) {
        func put(_ key: CountRow.Key, _ merge: (WorkerCounts, inout WireWriter) -> Void) throws(LMDBError) {
            let bytes = key.bytes
            var kept = WorkerCounts()
            // A damaged row is replaced: the page holds all that was ever in it.
            if let value = try transaction.get(transaction.tables.counts, bytes),
                let content = bytes.withUnsafeBytes({ Sealed.open(value, key: $0) })
            {
                try? kept.merge(key, content.bytes)
            }
            try transaction.putSealed(transaction.tables.counts, bytes, in: &writer) { merge(kept, &$0) }
        }
        if let nextLedgerDay, file.day < nextLedgerDay, !change.isEmpty {
            try LedgerTable.markLate(file.day, transaction, &writer)
        }
        for slot in change.slots {
            let number = UInt32(slot.number)
            try put(CountRow.Key(file.day, file.worker, .slot, number: number)) { kept, writer in
                var totals = kept.slots[number] ?? CountTotals()
                totals.merge(slot.totals)
                for word in totals.words { writer.uint64(word) }
            }
        }
        if let header = change.header {
            try put(CountRow.Key(file.day, file.worker, .header)) { kept, writer in
                for (a, b) in zip(kept.header, header) { writer.uint64(max(a, b)) }
            }
        }
        if let sources = change.sources {
            try put(CountRow.Key(file.day, file.worker, .sources)) { kept, writer in
                var merged = WorkerCounts()
                merged.sources = sources
                merged.merge(kept)
                CountRow.write(merged.sourceTotals, to: &writer)
            }
        }
    }
}
