import Resolution
import ResolutionProtocol
import StoreSuite
import Testing

@testable import StorageLMDB

@Suite struct OutcomeTableTests {
    private func name(_ number: Int, row: UInt32 = 0, keepSeconds: UInt32 = 100) -> OutcomeName {
        let request = UInt64(number).bigEndianBytes + UInt64(number).bigEndianBytes
        let owner = [UInt8](repeating: 1, count: 16)
        return OutcomeName(request: request, firstRow: row, owner: owner, keepSeconds: keepSeconds)
    }

    @Test func outcomesOfEveryKindAreReadAsTheyWereWritten() throws {
        let outcomes: [CommandOutcome] = [
            .done(sequence: 5), .done(sequence: 6), .done(sequence: 7), .done(sequence: 9), .alreadyExists, .absent,
            .absent, .sequenceDiffers(current: 8), .quotaReached(countMax: 4), .decided(code: 102, text: [1, 2]),
            .decided(code: 102, text: [1, 2]), .decided(code: 102, text: [3]), .notApplied, .refused(.tooManyValues),
            .refused(.tooLarge), .refused(.noValues), .refused(.keyCollision), .refused(.invalidPrefix),
            .refused(.prefixInUse), .done(sequence: .max), .done(sequence: 0),
        ]
        var name = name(3, row: 7)
        name.note = [9, 9]
        let kept = KeptOutcomes(name: name, outcomes: outcomes, untilUnixSeconds: 77)
        var writer = WireWriter(capacity: 256)
        kept.write(to: &writer)
        let key = OutcomeTable.key(name.request, name.firstRow)
        #expect(try KeptOutcomes(writer.bytes, key: key) == kept)
        let bytes = [UInt8](writer.bytes)
        for count in 0..<bytes.count {
            #expect(throws: WireError.self, "cut off at \(count)") {
                try KeptOutcomes(Array(bytes[..<count]).span.bytes, key: key)
            }
        }
    }

    @Test func aSetOfManyIsOneSmallEntry() throws {
        try withStore { store, underTest in
            for part in 0..<40 {
                let steps = try (0..<500).map { number in
                    let name = try StoreSuite.identifier("88.1/\(part)-\(number)")
                    let put = Command.Change.put(name: name, values: [StoreSuite.value("v")], expecting: .absent)
                    return CommandSet.Step.command(Command(put, unixSeconds: 1, origin: []))
                }
                let keeping = name(1, row: UInt32(part * 500))
                let set = CommandSet(steps, keeping: keeping, unixSeconds: 4_000_000_000)
                #expect(try underTest.apply(set).outcomes.allSatisfy(\.isDone))
            }
            let figures = try store.figures()
            #expect(figures.outcomeCount == 40)
            #expect(figures.outcomeByteCount < 40 * 500, "less than a byte for each row")
            #expect(figures.recordCount == 20_000)
            #expect(try store.verify { Issue.record("\($0)") }.isSound)
        }
    }

    @Test func forgottenOutcomesGoWithThoseThatCome() throws {
        try withStore { store, underTest in
            let decided = CommandSet.Step.decided(code: 1, text: [])
            for number in 0..<200 {
                _ = try underTest.apply(CommandSet([decided], keeping: name(number), unixSeconds: 4_000_000_000))
            }
            #expect(try store.figures().outcomeCount == 200)
            // Each later set takes two of the old ones along, once those have been forgotten for some time.
            for number in 0..<150 {
                let set = CommandSet([decided], keeping: name(1_000 + number), unixSeconds: 4_000_000_699)
                _ = try underTest.apply(set)
            }
            #expect(try store.figures().outcomeCount == 350, "the time of grace has not passed")
            for number in 0..<150 {
                let set = CommandSet([decided], keeping: name(2_000 + number), unixSeconds: 4_000_000_700)
                _ = try underTest.apply(set)
            }
            #expect(try store.figures().outcomeCount == 300, "200 forgotten ones are gone")
            #expect(try store.verify { Issue.record("\($0)") }.isSound)
        }
    }

    @Test func damagedOutcomesAreNoReasonToExecuteAgain() throws {
        try withStore { store, underTest in
            let put = Command.Change.put(
                name: try StoreSuite.identifier("88.1/a"),
                values: [StoreSuite.value("v")],
                expecting: .anything
            )
            let step = CommandSet.Step.command(Command(put, unixSeconds: 1, origin: []))
            let set = CommandSet([step], keeping: name(1), unixSeconds: 4_000_000_000)
            _ = try underTest.apply(set)
            let key = OutcomeTable.key(name(1).request, 0)
            try store.environment.write { transaction throws(LMDBError) in
                guard let value = try transaction.get(transaction.tables.outcomes, key) else { throw .notFound }
                var copy = [UInt8](value)
                copy[12] ^= 1
                try copy.span.bytes.withUnsafeBytes { bytes throws(LMDBError) in
                    try transaction.put(transaction.tables.outcomes, key, bytes)
                }
            }
            #expect(throws: ChangeLogError.damaged(reason: LMDBError.damaged.text)) { try underTest.apply(set) }
            #expect(try store.log.lastSequence() == 1)
            var damages = 0
            #expect(try store.verify { _ in damages += 1 }.damagedCount == 1)
            #expect(damages == 1)
        }
    }
}
