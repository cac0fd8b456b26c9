import Glibc
import Synchronization
import Testing

@testable import StorageLMDB

/// Bringing the data file into memory (performance rule 3.9).
@Suite struct FileWarmingTests {
    private static let slice = FileWarming.sliceByteCount

    @Test func everySliceThatIsNotInMemoryIsReadOnceAndInOrder() throws {
        try withIndexedStore { sample in
            let file = FakeFile(byteCount: 5 * Self.slice + 100, residentSlices: [1, 3])
            let events = Events()
            sample.store.warming.start(file.source, memoryByteCount: 1 << 40, report: events.note)
            wait(sample.store) { $0.state == .done }
            sample.store.close()
            #expect(file.reads == [0, 2, 4, 5].map { $0 * Self.slice })
            let figures = sample.store.warming.figures
            #expect(figures.readByteCount == 3 * Self.slice + 100)
            #expect(figures.residentByteCount == 2 * Self.slice)
            #expect(figures.fileByteCount == 5 * Self.slice + 100 && figures.memoryByteCount == 1 << 40)
            #expect(events.states == [.underWay, .done])
        }
    }

    @Test(arguments: [(599_999, true), (600_000, false), (600_001, false)])
    func onlyAFileUnderSixtyPercentOfTheMemoryIsRead(_ byteCount: Int, _ isRead: Bool) throws {
        try withIndexedStore { sample in
            let file = FakeFile(byteCount: byteCount)
            let events = Events()
            sample.store.warming.start(file.source, memoryByteCount: 1_000_000, report: events.note)
            wait(sample.store) { $0.state == (isRead ? .done : .tooLarge) }
            sample.store.close()
            #expect(file.reads.isEmpty != isRead)
            #expect(sample.store.warming.figures.readByteCount == (isRead ? byteCount : 0))
            #expect(events.states == (isRead ? [.underWay, .done] : [.tooLarge]))
        }
    }

    @Test func theEndOfTheStoreWaitsForTheSliceUnderWayAndNoLonger() throws {
        try withIndexedStore { sample in
            let file = FakeFile(byteCount: 1_000 * Self.slice, isHeld: true)
            let events = Events()
            sample.store.warming.start(file.source, memoryByteCount: 1 << 40, report: events.note)
            file.waitForRead()
            let store = sample.store
            let thread = WorkerThread { store.close() }
            let stopper = try #require(thread)
            // Let go only once the store has asked for the end, however long its thread takes to come to that.
            for _ in 0..<60_000 where !store.warming.isStopped { usleep(1_000) }
            #expect(store.warming.figures.state == .underWay, "the end waits for the slice")
            file.release()
            stopper.join()
            #expect(sample.store.warming.figures.state == .stopped)
            #expect(file.reads == [0], "no slice follows")
            #expect(events.states == [.underWay, .stopped])
            #expect(!sample.store.environment.warming.isUnderWay)
        }
    }

    @Test func d5AFileThatCannotBeReadIsGivenUpAndTheSweepGoesOn() throws {
        try withIndexedStore { sample in
            try sample.put(0..<100, version: 1)
            let file = FakeFile(byteCount: 4 * Self.slice, failure: EIO)
            let events = Events()
            sample.store.warming.start(file.source, memoryByteCount: 1 << 40, report: events.note)
            wait(sample.store) { $0.state == .failed }
            sample.sweep()
            #expect(sample.figures.sweepRoundCount > 0)
            sample.store.close()
            #expect(sample.store.warming.figures.reason.contains("nput/output error"))
            #expect(events.states == [.underWay, .failed])
        }
    }

    @Test func whatTheFileNoLongerHasIsNotWaitedFor() throws {
        try withIndexedStore { sample in
            let file = FakeFile(byteCount: 4 * Self.slice, endsAt: Self.slice)
            sample.store.warming.start(file.source, memoryByteCount: 1 << 40, report: { _ in })
            wait(sample.store) { $0.state == .done }
            sample.store.close()
            #expect(sample.store.warming.figures.readByteCount == Self.slice)
        }
    }

    @Test func theSweepWaitsWhileTheFileIsRead() throws {
        try withIndexedStore { sample in
            try sample.put(0..<500, version: 1)
            let file = FakeFile(byteCount: 2 * Self.slice, isHeld: true)
            sample.store.warming.start(file.source, memoryByteCount: 1 << 40, report: { _ in })
            file.waitForRead()
            for _ in 0..<5 { #expect(sample.store.environment.sweepHints() == .nowAndThen) }
            #expect(sample.figures.sweepRoundCount == 0)
            // Neither changes nor answers wait.
            try sample.put(0..<40, version: 2)
            try sample.expect(0..<40, version: 2, answered: .hits)
            file.release()
            wait(sample.store) { $0.state == .done }
            sample.sweep()
            #expect(sample.figures.sweepRoundCount > 0)
            sample.store.close()
        }
    }

    @Test func aStoreIsInMemoryAfterwards() throws {
        let directory = try TemporaryDirectory()
        do {
            let sample = try IndexedSample(store: try makeStore(directory, IndexedSample.options), directory: "")
            try sample.put(0..<9_000, version: 1)
            sample.store.close()
        }
        let descriptor = open(directory.path + "/hanjiang.lmdb", O_RDONLY)
        defer { close(descriptor) }
        let whole = Int(lseek(descriptor, 0, SEEK_END))
        let source = WarmingSource(path: directory.path + "/hanjiang.lmdb", byteCount: whole)
        // Whether the system says what is in memory, which this was a moment ago.
        let isTold = source.isResident(0..<4_096)
        fsync(descriptor)
        posix_fadvise(descriptor, 0, 0, POSIX_FADV_DONTNEED)
        let store = try Store.open(directory: directory.path, options: IndexedSample.options)
        store.warming.start(memoryByteCount: 1 << 40)
        wait(store) { $0.state == .done }
        store.close()
        let figures = store.warming.figures
        #expect(figures.fileByteCount > 2 << 20 && figures.fileByteCount <= whole)
        #expect(figures.readByteCount + figures.residentByteCount == figures.fileByteCount)
        #expect(source.isResident(0..<figures.fileByteCount) == isTold)
        if !isTold { #expect(figures.residentByteCount == 0, "where nobody says, all is read") }
    }

    private func wait(_ store: Store, until isReached: (WarmingFigures) -> Bool) {
        for _ in 0..<60_000 where !isReached(store.warming.figures) { usleep(1_000) }
        #expect(isReached(store.warming.figures), "\(store.warming.figures)")
    }
}

/// What a store told while its file was warmed.
private final class Events: Sendable {
    private let found = Mutex<[WarmingFigures.State]>([])

    var states: [WarmingFigures.State] { found.withLock { $0 } }

    @Sendable func note(_ event: StoreEvent) {
        switch event {
        case .warmingBegan(let figures), .warmingEnded(let figures): found.withLock { $0.append(figures.state) }
        default: Issue.record("\(event)")
        }
    }
}

/// A file that is not there, and says what was read of it.
private final class FakeFile: @unchecked Sendable {
    // Sendable: all is guarded by the monitor or set in init.
    private let byteCount: Int
    private let residentSlices: Set<Int>
    private let failure: Int32
    private let endsAt: Int
    private let monitor = Monitor()
    private var isHeld: Bool
    private var starts: [Int] = []

    init(
        byteCount: Int,
        residentSlices: Set<Int> = [],
        failure: Int32 = 0,
        endsAt: Int = .max,
        isHeld: Bool = false
    ) {
        (self.byteCount, self.residentSlices, self.failure) = (byteCount, residentSlices, failure)
        (self.endsAt, self.isHeld) = (endsAt, isHeld)
    }

    var source: WarmingSource {
        WarmingSource(
            byteCount: byteCount,
            isResident: { [residentSlices] in residentSlices.contains($0.lowerBound / FileWarming.sliceByteCount) },
            read: { [self] range, _ in read(range) }
        )
    }

    /// Where each read began.
    var reads: [Int] { monitor.withLock { starts } }

    private func read(_ range: Range<Int>) -> Int {
        monitor.withLock {
            starts.append(range.lowerBound)
            monitor.signal()
            while isHeld { monitor.wait() }
        }
        guard failure == 0 else { return -Int(failure) }
        return max(0, min(range.upperBound, endsAt) - range.lowerBound)
    }

    func waitForRead() {
        monitor.withLock {
            while starts.isEmpty { monitor.wait() }
        }
    }

    func release() {
        monitor.withLock {
            isHeld = false
            monitor.signal()
        }
    }
}
