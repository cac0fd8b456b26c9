import Resolution
import ResolutionProtocol
import StoreSuite
import Testing

@testable import StorageLMDB

/// What a store must hold whose writer sent the sets of a model in order and was stopped: all that was acknowledged,
/// each set whole or not at all, each once.
struct SetCheck {
    let model: SetModel
    private let expected = MemoryStore(keepsLog: false)
    /// Sets that `expected` holds.
    private(set) var appliedCount: UInt64 = 0
    private var random: SplitMix

    init(_ model: SetModel) {
        self.model = model
        random = SplitMix(seed: model.seed)
    }

    /// Compares `store` with the model after the sets that it must hold: `acknowledged`, and as many of the further
    /// ones up to `sent` as it has outcomes of.
    mutating func check(_ store: Store, acknowledged: UInt64, sent: UInt64, _ place: String) throws {
        var count = acknowledged
        while count < sent, try kept(count + 1, store) != nil { count += 1 }
        for later in count..<max(count, sent) {
            #expect(try kept(later + 1, store) == nil, "\(place): set \(later + 1) without \(count + 1)")
        }
        try #require(count >= appliedCount, "\(place): \(appliedCount) sets were there before, and \(count) now")
        for number in appliedCount..<count { try compareOutcomes(number + 1, store, place) }
        appliedCount = count
        for _ in 0..<min(20, count) {
            let number = UInt64.random(in: 1...count, using: &random)
            #expect(try kept(number, store) == expectedOutcomes(number), "\(place): outcomes of set \(number)")
        }
        try compareRecords(store, place)
        let verification = try store.verify(comparingLog: true) { Issue.record("\(place): \($0)") }
        #expect(verification.isSound, "\(place)")
    }

    private func kept(_ number: UInt64, _ store: Store) throws -> KeptOutcomes? {
        let row = try model.set(number).keeping?.firstRow ?? 0
        let request = SetModel.request(number)
        return try store.log.keptOutcomes(of: request, row: row, unixSeconds: 4_000_000_000)
    }

    private func expectedOutcomes(_ number: UInt64) throws -> KeptOutcomes? {
        let row = try model.set(number).keeping?.firstRow ?? 0
        return expected.keptOutcomes(of: SetModel.request(number), row: row, unixSeconds: 4_000_000_000)
    }

    private func compareOutcomes(_ number: UInt64, _ store: Store, _ place: String) throws {
        _ = expected.apply(try model.set(number))
        #expect(try kept(number, store) == expectedOutcomes(number), "\(place): outcomes of set \(number)")
    }

    private func compareRecords(_ store: Store, _ place: String) throws {
        let reader = try store.makeReader()
        let found = StoreUnderTest(records: reader, log: store.log, listing: store)
        let wanted = StoreUnderTest(records: expected, log: expected, listing: expected)
        for number in 0..<SetModel.identifierCount {
            let name = SetModel.name(number)
            #expect(try found.find(name) == wanted.find(name), "\(place): identifier \(number)")
        }
        #expect(try store.prefixRows() == expected.prefixRows(), "\(place)")
        #expect(try store.identifierCounts() == expected.identifierCounts(), "\(place)")
        #expect(try store.log.lastSequence() == expected.lastSequence, "\(place): nothing was executed twice")
        #expect(try store.figures().logEntryCount == Int(expected.lastSequence), "\(place): entries without gaps")
    }
}
