import Resolution
import StoreSuite

/// A change log in front of a store in memory that can be full, fail, or take its time.
final class GatedChanges: ChangeLog, @unchecked Sendable {
    // Sendable: a test uses it from its own thread alone.
    typealias Then = @Sendable (Result<CommandSetOutcome, ChangeLogError>) -> Void

    let store: MemoryStore
    /// Whether the queue takes nothing more.
    var isFull = false
    /// What every set fails with; nil: they are carried out.
    var failure: ChangeLogError?
    /// Whether sets wait for `release`.
    var isHeld = false
    private var held: [(CommandSet, Then)] = []
    /// Sets that came here.
    private(set) var sets: [CommandSet] = []

    init(_ store: MemoryStore) { self.store = store }

    func append(_ set: CommandSet, then: @escaping Then) -> Bool {
        guard !isFull, set.isWithinBounds else { return false }
        sets.append(set)
        if isHeld { held.append((set, then)) } else { carryOut(set, then) }
        return true
    }

    private func carryOut(_ set: CommandSet, _ then: Then) {
        if let failure { then(.failure(failure)) } else { then(.success(store.apply(set))) }
    }

    /// Carries out what was held.
    func release() {
        isHeld = false
        let waiting = held
        held = []
        for (set, then) in waiting { carryOut(set, then) }
    }

    func hasKeptOutcomes(of request: [UInt8], rows: Range<UInt32>, unixSeconds: UInt64) -> Bool {
        store.hasKeptOutcomes(of: request, rows: rows, unixSeconds: unixSeconds)
    }

    func keptOutcomes(of request: [UInt8], row: UInt32, unixSeconds: UInt64) throws(ChangeLogError) -> KeptOutcomes? {
        store.keptOutcomes(of: request, row: row, unixSeconds: unixSeconds)
    }

    func entries(after sequence: UInt64, limit: Int) throws(ChangeLogError) -> [ChangeEntry] {
        try store.entries(after: sequence, limit: limit)
    }
}
