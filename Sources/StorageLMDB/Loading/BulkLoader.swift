internal import CZstd
internal import Glibc
public import Resolution
public import ResolutionProtocol
internal import Synchronization

/// Loads any number of identifiers into a store, sorted, within a bounded amount of memory.
///
/// Rows are collected into sorted runs in files without a name beside the data file, and merged. What is written is
/// durable transaction by transaction, each with its log entries: a load that is cut off leaves the identifiers up to
/// some key complete and none behind it. Loading the same input again completes it: rows that are there already with
/// the same values count as unchanged.
public final class BulkLoader {
    /// The most runs that are merged at once.
    private static let runCountMax = 200

    private let store: Store
    private let policy: LoadConflictPolicy
    private let unixSeconds: UInt64
    private let origin: [UInt8]
    private var arena = LoadArena()
    private var spare: LoadArena?
    private var spilling: Spill?
    private var runs: [LoadRun] = []
    private var folded = WireWriter(capacity: IdentifierGrammar.foldedByteCountMax + 8)
    private let digestedKey = UnsafeMutableRawPointer.allocate(byteCount: StoreKey.digestedByteCount, alignment: 16)

    /// A run on its way to the disk.
    private final class Spill: @unchecked Sendable {
        // Sendable: used by its thread until that has been joined.
        let arena: LoadArena
        let run: LoadRun
        var failure: StoreError?
        var thread: WorkerThread?

        init(_ arena: LoadArena, _ run: LoadRun) {
            self.arena = arena
            self.run = run
        }

        func work() {
            do throws(StoreError) {
                try arena.forEachSorted { row throws(StoreError) in try run.append(row) }
                try run.finish()
            } catch {
                failure = error
            }
        }
    }

    /// A load into `store`. `unixSeconds` and `origin` stand in the log.
    public init(
        store: Store,
        policy: LoadConflictPolicy = .reject,
        unixSeconds: UInt64,
        origin: [UInt8]
    ) {
        self.store = store
        self.policy = policy
        self.unixSeconds = unixSeconds
        self.origin = origin
    }

    deinit {
        spilling?.thread?.join()
        digestedKey.deallocate()
    }

    /// Takes a row in. `valueList` is the number of values and the values in wire form, as `WireWriter.array` writes
    /// them; `row` is a number that grows. Returns why the row cannot be held, or nil.
    public func add(
        _ name: Identifier,
        valueList: RawSpan,
        areAllPublic: Bool,
        row: UInt64
    ) throws(StoreError) -> RefusalReason? {
        var reader = WireReader(valueList)
        let valueCount = (try? reader.length()) ?? 0
        let refusal = RecordLimits.refusal(
            nameByteCount: name.bytes.count,
            valueCount: valueCount,
            valueListByteCount: valueList.byteCount
        )
        if let refusal { return refusal }
        folded.removeAll()
        _ = store.folding.appendKey(of: name.bytes.span.bytes, to: &folded)
        var key = folded.raw
        if key.count > StoreKey.plainByteCountMax {
            StoreKey(secret: store.format.secret).writeDigested(key, to: digestedKey)
            key = UnsafeRawBufferPointer(start: digestedKey, count: StoreKey.digestedByteCount)
        }
        let isNameTheKey = name.bytes.withUnsafeBytes { $0.order(key) == 0 }
        while !arena.append(
            key: key,
            name: name.bytes,
            isNameTheKey: isNameTheKey,
            valueList: valueList,
            areAllPublic: areAllPublic,
            row: row
        ) {
            // An empty arena takes any row: a row is smaller than a message.
            try spill()
        }
        return nil
    }

    /// Hands the arena to a thread that sorts and writes it, and goes on with another.
    private func spill() throws(StoreError) {
        guard !arena.isEmpty else { return }
        try joinSpill()
        if runs.count >= Self.runCountMax { try mergeRuns() }
        let spill = Spill(arena, try LoadRun(in: store.paths.directory))
        spill.thread = WorkerThread { spill.work() }
        if spill.thread == nil { spill.work() }
        spilling = spill
        arena = spare ?? LoadArena()
        spare = nil
    }

    private func joinSpill() throws(StoreError) {
        guard let spill = spilling else { return }
        spill.thread?.join()
        spilling = nil
        if let failure = spill.failure { throw failure }
        runs.append(spill.run)
        spill.arena.removeAll()
        spare = spill.arena
    }

    /// Makes one run of all, so that their number, and with it the memory to merge them, stays bounded.
    private func mergeRuns() throws(StoreError) {
        let merged = try LoadRun(in: store.paths.directory)
        var merge = try LoadMerge(runs)
        while let row = merge.current {
            try merged.append(row)
            try merge.advance()
        }
        try merged.finish()
        runs = [merged]
    }

    /// Writes all rows. `report` is told of each row that is not taken, `progress` of the rows written so far, after
    /// each commit. Called once.
    public func finish(
        progress: (Int) -> Void = { _ in },
        report: (LoadConflict) -> Void = { _ in }
    ) throws(StoreError) -> LoadReport {
        try spill()
        try joinSpill()
        (arena, spare) = (LoadArena(), nil)
        let writer = LoadWriter(store: store, policy: policy, unixSeconds: unixSeconds, origin: origin)
        let isAppending = try writer.isAppending(runs)
        let queue = ChunkQueue()
        let merger = LoadMerger(runs: runs, queue: queue, isAppending: isAppending)
        runs = []
        guard let thread = WorkerThread({ merger.run() }) else {
            throw .system(path: store.paths.directory, operation: "thread", errno: EAGAIN)
        }
        defer {
            queue.abandon()
            thread.join()
        }
        return try writer.write(queue, isAppending: isAppending, progress, report)
    }
}
