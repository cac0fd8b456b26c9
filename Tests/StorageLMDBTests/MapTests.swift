import Glibc
import Resolution
import ResolutionProtocol
import StoreSuite
import Synchronization
import Testing

@testable import StorageLMDB

@Suite struct MapTests {
    @Test func d4TheMapGrowsWhileReadersReadAndWarnsBefore() throws {
        var options = smallOptions
        options.mapSizeBytes = 1 << 20
        let directory = try TemporaryDirectory()
        let store = try makeStore(directory, options)
        let events = EventList()
        try store.log.start { events.note($0) }
        let underTest = try store.underTest()
        let reading = ReadingThreads(count: 2, store: store)
        let text = String(repeating: "x", count: 3_000)
        for number in 0..<1_500 {
            let name = try StoreSuite.identifier("88.1/\(number)")
            let outcome = try underTest.apply(
                .put(name: name, values: [StoreSuite.value("\(number)" + text)], expecting: .absent)
            )
            #expect(outcome == .done(sequence: UInt64(number + 1)))
        }
        #expect(reading.stop() > 0)
        #expect(store.environment.mapByteCount >= 8 << 20)
        store.close()
        let percents = events.all.compactMap { if case .mapFilling(let percent, _, _) = $0 { percent } else { nil } }
        #expect(percents.prefix(2) == [80, 90])
        #expect(events.all.contains { if case .mapGrew = $0 { true } else { false } })
        for number in 0..<1_500 {
            let found = try underTest.find(Array("88.1/\(number)".utf8))
            #expect(found.values == [StoreSuite.value("\(number)" + text)])
        }
    }

    @Test func d7ALongScanDoesNotMakeTheFileGrow() throws {
        try withStore { store, underTest in
            func put(_ range: Range<Int>, _ text: String) throws {
                let commands = try range.map { number in
                    Command(
                        .put(
                            name: try StoreSuite.identifier("88.1/\(number)"),
                            values: [StoreSuite.value(text)],
                            expecting: .anything
                        ),
                        unixSeconds: 1,
                        origin: []
                    )
                }
                _ = try store.apply(commands)
            }
            try put(0..<12_000, String(repeating: "a", count: 100))
            // What is changed is bounded by history; the log itself grows, so it is taken away as it is written.
            func churn(_ step: Int) throws {
                let start = step * 10 % 11_000
                try put(start..<start + 10, String(repeating: "b", count: 100))
                _ = try store.log.trimHistory(keepDays: 0, now: 1_000_000)
            }
            for step in 0..<100 { try churn(step) }
            let before = store.environment.usedByteCount
            var (step, count) = (100, 0)
            var failure: (any Error)?
            try store.scan { _ in
                count += 1
                guard count % 100 == 0 else { return true }
                // As an export to a slow disk does.
                usleep(2_000)
                do { try churn(step) } catch { failure = error }
                step += 1
                return true
            }
            #expect(failure == nil)
            #expect(count == 12_000)
            let after = store.environment.usedByteCount
            #expect(after <= before + before / 10, "\(before) → \(after)")
            _ = underTest
        }
    }

    @Test func aScanTakesARangeAndStopsWhenTold() throws {
        try withStore { store, underTest in
            for name in ["88.1/a", "88.1/b", "88.10/a", "88.2/a"] {
                _ = try underTest.apply(
                    .put(name: try StoreSuite.identifier(name), values: [StoreSuite.value(name)], expecting: .absent)
                )
            }
            var names: [String] = []
            try store.scan(keyPrefix: Array("88.1/".utf8)) { record in
                names.append(String(decoding: [UInt8](record.name), as: UTF8.self))
                return true
            }
            #expect(names == ["88.1/a", "88.1/b"])
            names = []
            try store.scan { record in
                names.append(String(decoding: [UInt8](record.name), as: UTF8.self))
                return names.count < 3
            }
            #expect(names == ["88.1/a", "88.1/b", "88.10/a"])
        }
    }
}

/// Threads that look records up without a pause.
final class ReadingThreads: @unchecked Sendable {
    // Sendable: the counters are atomic; the threads are started in init and joined in stop.
    private let isStopping = Atomic<Bool>(false)
    private let batchCount = Atomic<Int>(0)
    private var threads: [WorkerThread] = []

    init(count: Int, store: Store) {
        for _ in 0..<count {
            let thread = WorkerThread { [self] in
                guard let reader = try? store.makeReader() else { return }
                var keys = KeyBatch()
                for number in 0..<32 { keys.append(key: Array("88.1/\(number)".utf8).span.bytes) }
                while !isStopping.load(ordering: .relaxed) {
                    reader.withRecords(of: keys) { batch in
                        for index in 0..<batch.count
                        where batch.status(at: index) == .damaged || batch.status(at: index) == .unavailable {
                            Issue.record("a reader saw \(batch.status(at: index))")
                        }
                    }
                    batchCount.wrappingAdd(1, ordering: .relaxed)
                }
            }
            if let thread { threads.append(thread) }
        }
    }

    /// Ends the threads; returns how many batches they looked up.
    func stop() -> Int {
        isStopping.store(true, ordering: .relaxed)
        for thread in threads { thread.join() }
        return batchCount.load(ordering: .relaxed)
    }
}
