import Resolution
import ResolutionProtocol
import StoreSuite
import Testing

@testable import StorageLMDB

@Suite struct CommandApplierTests {
    private func put(_ name: String, _ value: HandleValue) throws -> CommandSet.Step {
        let change = Command.Change.put(
            name: try StoreSuite.identifier(name),
            values: [value],
            expecting: .absent
        )
        return .command(Command(change, unixSeconds: 1, origin: Array("large".utf8)))
    }

    @Test func theLargestAtomicSetIsAppliedWholeOrNotAtAll() throws {
        var options = smallOptions
        options.mapSizeBytes = 1 << 20
        try withStore(options) { store, underTest in
            let value = StoreSuite.value(String(repeating: "v", count: 6_000))
            var steps = try (0..<CommandSet.atomicStepCountMax).map { try put("88.1/\($0 * 7_919 % 10_000)", value) }
            let last = steps.removeLast()
            steps.append(try put("88.1/0", value))
            let failing = try underTest.apply(CommandSet(steps, isAtomic: true, unixSeconds: 1)).outcomes
            #expect(failing.last == .alreadyExists)
            let undone = failing.filter { $0 == .notApplied }
            #expect(undone.count == CommandSet.atomicStepCountMax - 1)
            #expect(try store.recordCount() == 0)
            #expect(try store.log.lastSequence() == 0)
            steps[steps.count - 1] = last
            let outcomes = try underTest.apply(CommandSet(steps, isAtomic: true, unixSeconds: 1)).outcomes
            let done = outcomes.filter(\.isDone)
            #expect(done.count == CommandSet.atomicStepCountMax)
            #expect(try store.recordCount() == CommandSet.atomicStepCountMax)
            #expect(try store.verify(comparingLog: true) { Issue.record("\($0)") }.isSound)
        }
    }

    @Test func aSetThatMeetsDamageChangesNothingAndTheOthersGoOn() throws {
        try withStore { store, underTest in
            let value = StoreSuite.value("v")
            _ = try underTest.apply(CommandSet([try put("88.1/damaged", value)], unixSeconds: 1))
            let key = Array("88.1/DAMAGED".utf8)
            try store.environment.write { transaction throws(LMDBError) in
                let bytes = [UInt8](repeating: 7, count: 40)
                try bytes.span.bytes.withUnsafeBytes { bytes throws(LMDBError) in
                    try transaction.put(transaction.tables.records, key, bytes)
                }
            }
            let name = try StoreSuite.identifier("88.1/damaged")
            let change = Command.Change.put(name: name, values: [value], expecting: .sequence(1))
            let damaged = CommandSet.Step.command(Command(change, unixSeconds: 1, origin: []))
            let set = CommandSet([try put("88.1/a", value), damaged], unixSeconds: 1)
            #expect(throws: ChangeLogError.damaged(reason: LMDBError.damaged.text)) { try underTest.apply(set) }
            #expect(try underTest.find(Array("88.1/a".utf8)).status == .absent, "nothing of the set")
            let other = try underTest.apply(CommandSet([try put("88.1/b", value)], unixSeconds: 1))
            #expect(other.outcomes == [.done(sequence: 2)], "and no gap in the log")
        }
    }
}
