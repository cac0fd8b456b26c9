import Glibc
import Resolution
import ResolutionProtocol
import StoreSuite
import Testing

@testable import StorageLMDB

/// What the index of hints does beside a store: commits that do not come to be, foreign writers, moved maps, damage.
@Suite struct HintIndexTests {
    @Test func whatIsWrittenIsAnsweredByTheIndexAtOnce() throws {
        try withIndexedStore { sample in
            for version in 1...3 {
                try sample.put(0..<40, version: version)
                try sample.expect(0..<40, version: version, answered: .hits)
            }
            try sample.expectAbsence(of: 40..<50)
            #expect(sample.figures.occupiedCount == 40)
            try sample.remove(0..<40)
            try sample.expectAbsence(of: 0..<40)
            #expect(sample.figures.occupiedCount == 0)
            #expect(sample.figures.emptyingCount == 0)
        }
    }

    @Test func recordsThatTheTableDoesNotTakeAreAnsweredByLMDB() throws {
        try withIndexedStore { sample in
            let names = [Array("88.1/LONG".utf8), Array("88.1/".utf8) + [UInt8](repeating: 0x41, count: 800)]
            for (name, byteCount) in zip(names, [3_000, 10]) {
                try sample.put(name, text: String(repeating: "x", count: byteCount))
                let (found, kind) = try sample.find(name)
                #expect(found.values.first?.data.count == byteCount)
                #expect(kind == .absent)
            }
            #expect(sample.figures.occupiedCount == 0)
        }
    }

    @Test func aCommitThatChangesNothingIsNotCovered() throws {
        try withIndexedStore { sample in
            try sample.put(0..<10, version: 1)
            let covered = sample.covered
            #expect(covered == sample.store.environment.transactionID)
            for _ in 0..<3 { try sample.store.environment.write { (_) throws(LMDBError) in } }
            #expect(sample.covered == covered)
            try sample.put(0..<10, version: 2)
            #expect(sample.covered == covered + 1)
            #expect(sample.figures.emptyingCount == 0, "the number was the next one")
            try sample.expect(0..<10, version: 2, answered: .hits)
        }
    }

    @Test func aTransactionThatIsGivenUpLeavesTheHints() throws {
        try withIndexedStore { sample in
            try sample.put(0..<10, version: 1)
            #expect(throws: LMDBError.damaged) {
                try sample.store.environment.write { transaction throws(LMDBError) in
                    for number in 0..<10 {
                        try transaction.delete(transaction.tables.records, IndexedSample.key(number))
                    }
                    throw .damaged
                }
            }
            try sample.expect(0..<10, version: 1, answered: .hits)
            try sample.put(0..<10, version: 2)
            try sample.expect(0..<10, version: 2, answered: .hits)
            #expect(sample.figures.emptyingCount == 0)
        }
    }

    @Test(.enabled(if: SmallDisk.isPossible, "needs the right to mount a small file system"))
    func d3ACommitForWhichTheDiskHasNoRoomLeavesRightAnswers() throws {
        let disk = try #require(SmallDisk(byteCount: 8 << 20))
        let sample = try IndexedSample(disk.path + "/data")
        try sample.put(0..<50, version: 1)
        let covered = sample.covered
        var version = 1
        var failure: StoreError?
        while failure == nil, version < 3_000 {
            do {
                try sample.put(0..<50, version: version + 1)
                version += 1
            } catch let error as StoreError {
                failure = error
            }
        }
        // No room, or a write that was cut short.
        #expect(failure != nil)
        #expect(version > 1)
        #expect(sample.covered == covered + UInt64(version - 1), "the commit that failed is not covered")
        try sample.expect(0..<50, version: version, answered: .absent)
        #expect(sample.bypassedCount == 0)
    }

    @Test func afterAForeignWriteLMDBAnswersUntilTheNextOwnWrite() throws {
        try withIndexedStore { sample in
            try sample.put(0..<20, version: 1)
            try sample.expect(0..<20, version: 1, answered: .hits)
            try sample.writeForeign(number: 3, version: 7)
            try sample.expect(3..<4, version: 7, answered: .bypassed)
            try sample.expect(0..<1, version: 1, answered: .bypassed)
            try sample.put(19..<20, version: 8)
            #expect(sample.figures.emptyingCount == 1)
            try sample.expect(3..<4, version: 7)
            try sample.expect(19..<20, version: 8, answered: .hits)
            sample.sweep()
            try sample.expect(0..<3, version: 1, answered: .hits)
            try sample.expect(3..<4, version: 7, answered: .hits)
        }
    }

    @Test func withoutALookAtTheTransactionAForeignWriteWouldNotBeSeen() throws {
        var options = IndexedSample.options
        options.index?.fault = .foreignWritesUnseen
        try withIndexedStore(options) { sample in
            try sample.put(0..<20, version: 1)
            try sample.writeForeign(number: 3, version: 7)
            let (found, _) = try sample.find(IndexedSample.name(3))
            #expect(found.values == [IndexedSample.value(3, version: 1)], "the fault shows: an old answer")
        }
    }

    @Test func manyKeysInOneTransactionEmptyTheTableAndTheSweepFillsIt() throws {
        try withIndexedStore { sample in
            try sample.put(0..<ChangedKeys.countMax, version: 1)
            #expect(sample.figures.emptyingCount == 0)
            try sample.put(0..<ChangedKeys.countMax + 1, version: 2)
            #expect(sample.figures.emptyingCount == 1)
            #expect(sample.figures.occupiedCount == 0)
            try sample.expect(0..<30, version: 2, answered: .absent)
            sample.sweep()
            #expect(sample.figures.sweepRoundCount == 1)
            try sample.expect(0..<30, version: 2)
            let share = Double(sample.figures.occupiedCount) / Double(ChangedKeys.countMax + 1)
            #expect(share > 0.95, "\(share)")
        }
    }

    @Test func theWriterThreadFillsTheTableOfAStoreThatIsOpened() throws {
        let directory = try TemporaryDirectory()
        do {
            let store = try makeStore(directory, IndexedSample.options)
            let sample = try IndexedSample(store: store, directory: directory.path)
            try sample.put(0..<5_000, version: 1)
        }
        let store = try Store.open(directory: directory.path, options: IndexedSample.options)
        #expect(try store.figures().index?.capacity == 12_000, "the configured, as that is more")
        try store.log.start()
        defer { store.close() }
        for _ in 0..<6_000 where try store.figures().index?.sweepRoundCount == 0 { usleep(10_000) }
        #expect(try (4_900...5_000).contains(store.figures().index?.occupiedCount ?? 0))
        let sample = try IndexedSample(store: store, directory: directory.path)
        try sample.expect(0..<30, version: 1)
        #expect(sample.count(.hits) >= 29)
    }

    @Test func aStoreWithMoreThanItsTableHoldsAsksLMDB() throws {
        var options = IndexedSample.options
        options.index?.capacity = 100
        try withIndexedStore(options) { sample in
            try sample.put(0..<2_000, version: 1)
            try sample.put(0..<2_000, version: 2)
            for start in stride(from: 0, to: 2_000, by: 25) { try sample.expect(start..<start + 25, version: 2) }
            let figures = sample.figures
            #expect(figures.occupiedCount > 100 && figures.occupiedCount <= 182)
        }
        let sample = HintIndexOptions()
        #expect(sample.capacity(for: 10_000_000) == 11_500_000)
    }

    @Test func d4AMapThatMovesEmptiesTheTable() throws {
        try withIndexedStore { sample in
            try sample.put(0..<100, version: 1)
            try sample.expect(0..<30, version: 1, answered: .hits)
            let before = sample.store.environment.mapByteCount
            try sample.store.environment.makeRoom(for: before)
            #expect(sample.store.environment.mapByteCount > before)
            #expect(sample.figures.emptyingCount > 0)
            try sample.expect(0..<30, version: 1, answered: .absent)
            sample.sweep()
            try sample.expect(0..<30, version: 1, answered: .hits)
        }
    }

    @Test func d5ADamagedRecordIsAnErrorWithTheIndexToo() throws {
        try withIndexedStore { sample in
            try sample.put(0..<20, version: 1)
            try sample.expect(0..<20, version: 1, answered: .hits)
            try sample.damage(number: 7)
            let (found, kind) = try sample.find(IndexedSample.name(7))
            #expect(found.status == .damaged)
            #expect(kind == .stale, "the hint is no longer right")
            sample.store.environment.hints?.empty()
            sample.sweep()
            let (again, kindAgain) = try sample.find(IndexedSample.name(7))
            #expect(again.status == .damaged)
            #expect(kindAgain == .absent, "what is damaged is not published")
            try sample.expect(8..<20, version: 1, answered: .hits)
        }
    }

    @Test func theSweepRestsWhenNothingChanges() throws {
        try withIndexedStore { sample in
            try sample.put(0..<2_500, version: 1)
            sample.sweep()
            #expect(sample.store.environment.sweepHints() == .atRest)
            #expect(sample.figures.sweepRoundCount > 0)
            try sample.put(0..<1, version: 2)
            #expect(sample.store.environment.sweepHints() == .nowAndThen)
            sample.sweep()
            #expect(sample.store.environment.sweepHints() == .atRest)
        }
    }

    @Test func aStoreThatIsOnlyReadHasNoIndex() throws {
        let directory = try TemporaryDirectory()
        try Store.create(directory: directory.path, options: IndexedSample.options)
        var options = IndexedSample.options
        options.isReadOnly = true
        let store = try Store.open(directory: directory.path, options: options)
        #expect(try store.figures().index == nil)
        #expect(try store.makeReader().hintCounts == nil)
    }
}
