import Glibc
import Resolution
import StoreSuite
import Synchronization
import Testing

@testable import StorageLMDB

@Suite struct LMDBChangeLogTests {
    private func put(_ number: Int) throws -> Command {
        let name = try StoreSuite.identifier("88.1/\(number)")
        return Command(
            .put(name: name, values: [StoreSuite.value("\(number)")], expecting: .anything),
            unixSeconds: 1,
            origin: []
        )
    }

    @Test func theQueueIsBoundedAndEachCommandIsAnsweredOnce() throws {
        try withStore { store, underTest in
            let (mayGoOn, answered) = (Flag(), Counter())
            #expect(store.log.append(try put(0)) { _ in mayGoOn.wait() })
            // The writer thread has taken that one, and stands in its answer.
            while try underTest.find(Array("88.1/0".utf8)).status != .found { usleep(1_000) }
            let command = try put(1)
            for _ in 0..<LMDBChangeLog.queueCountMax {
                #expect(store.log.append(command) { _ in answered.add() })
            }
            #expect(!store.log.append(command) { _ in Issue.record("a command that was not taken is not answered") })
            mayGoOn.set()
            store.close()
            #expect(answered.value == LMDBChangeLog.queueCountMax, "closing waits for what was taken")
            #expect(!store.log.append(command) { _ in Issue.record("the log is closed") })
            #expect(try store.log.lastSequence() == UInt64(LMDBChangeLog.queueCountMax + 1))
        }
    }

    @Test func d10AfterAnErrorOfTheDiskNothingIsAcknowledgedAndReadsGoOn() throws {
        let directory = try TemporaryDirectory()
        let store = try makeStore(directory)
        let events = EventList()
        try store.log.start { events.note($0) }
        defer { store.close() }
        let underTest = try store.underTest()
        func result(_ number: Int) throws -> Result<CommandOutcome, ChangeLogError> {
            let box = OutcomeBox<CommandOutcome>()
            #expect(store.log.append(try put(number)) { box.set($0) })
            return box.wait()
        }
        #expect(try result(1) == .success(.done(sequence: 1)))
        // Writing to a descriptor that is open for reading alone fails, as a disk does.
        let descriptor = store.environment.descriptor
        let kept = dup(descriptor)
        let other = open(directory.path + "/hanjiang.lmdb", O_RDONLY)
        #expect(dup2(other, descriptor) == descriptor)
        guard case .failure(.failed) = try result(2) else {
            Issue.record("a write that failed was acknowledged")
            return
        }
        #expect(try underTest.find(Array("88.1/1".utf8)).values == [StoreSuite.value("1")])
        #expect(try underTest.find(Array("88.1/2".utf8)).status == .absent)
        #expect(events.all.contains { if case .failed = $0 { true } else { false } })
        // The disk works again; an operator has not looked yet.
        #expect(dup2(kept, descriptor) == descriptor)
        guard case .failure(.failed) = try result(3) else {
            Issue.record("writes went on after an error of the disk")
            return
        }
        close(kept)
        close(other)
    }
}

/// Set once, waited for by others.
private final class Flag: Sendable {
    private let isSet = Atomic<Bool>(false)
    func set() { isSet.store(true, ordering: .releasing) }
    func wait() { while !isSet.load(ordering: .acquiring) { usleep(500) } }
}

private final class Counter: Sendable {
    private let count = Atomic<Int>(0)
    func add() { count.wrappingAdd(1, ordering: .relaxed) }
    var value: Int { count.load(ordering: .relaxed) }
}
