import Glibc
import Resolution
import ResolutionProtocol
import StoreSuite
import Testing

@testable import StorageLMDB

/// A file system of a few megabytes, for as long as this lives; nil where none may be mounted.
final class SmallDisk {
    let path: String
    private let directory: TemporaryDirectory

    init?(byteCount: Int) {
        guard let directory = try? TemporaryDirectory() else { return nil }
        self.directory = directory
        path = directory.path + "/disk"
        mkdir(path, 0o700)
        guard mount("tmpfs", path, "tmpfs", 0, "size=\(byteCount),mode=0700") == 0 else { return nil }
    }

    deinit { umount2(path, Int32(MNT_DETACH)) }

    /// Whether this process may mount one at all.
    static var isPossible: Bool { SmallDisk(byteCount: 1 << 20) != nil }
}

@Suite struct DiskFullTests {
    @Test(.enabled(if: SmallDisk.isPossible, "needs the right to mount a small file system"))
    func d3AFullDiskRefusesWritesAndGoesOnReading() throws {
        let disk = try #require(SmallDisk(byteCount: 12 << 20))
        let data = disk.path + "/data"
        try Store.create(directory: data, options: smallOptions)
        let store = try Store.open(directory: data, options: smallOptions)
        let events = EventList()
        try store.log.start { events.note($0) }
        defer { store.close() }
        let underTest = try store.underTest()
        func put(_ number: Int) throws -> CommandOutcome {
            let name = try StoreSuite.identifier("88.1/\(number)")
            let value = StoreSuite.value("\(number)" + String(repeating: "x", count: 20_000))
            return try underTest.apply(.put(name: name, values: [value], expecting: .absent))
        }
        _ = try put(0)
        // Something else takes what is left.
        let ballast = disk.path + "/ballast"
        try fill(ballast)
        var written = 0
        var failure: ChangeLogError?
        while failure == nil, written < 1_000 {
            do {
                written += 1
                _ = try put(written)
            } catch let error as ChangeLogError {
                failure = error
            }
        }
        #expect(failure == .storageFull)
        for number in 0..<written { #expect(try underTest.find(Array("88.1/\(number)".utf8)).status == .found) }
        #expect(try underTest.find(Array("88.1/\(written)".utf8)).status == .absent)
        #expect(events.all.contains { if case .storageFull = $0 { true } else { false } })
        unlink(ballast)
        #expect(try put(written) == .done(sequence: UInt64(written + 1)), "writes go on by themselves")
        #expect(events.all.contains { if case .storageHasRoom = $0 { true } else { false } })
        #expect(try store.verify(comparingLog: true) { Issue.record("\($0)") }.isSound)
    }

    @Test(.enabled(if: SmallDisk.isPossible, "needs the right to mount a small file system"))
    func d3RoomIsNoticedThoughNobodyWrites() throws {
        let disk = try #require(SmallDisk(byteCount: 24 << 20))
        let data = disk.path + "/data"
        try Store.create(directory: data, options: smallOptions)
        let store = try Store.open(directory: data, options: smallOptions)
        let events = EventList()
        try store.log.start { events.note($0) }
        defer { store.close() }
        let underTest = try store.underTest()
        _ = try underTest.apply(try large(number: 1, stepCount: 2))
        let ballast = disk.path + "/ballast"
        try fill(ballast)
        // Too large for what is left of the file's own pages: the disk is full in the midst of it.
        let set = try large(number: 2, stepCount: 60)
        #expect(throws: ChangeLogError.storageFull) { try underTest.apply(set) }
        #expect(try underTest.find(Array("88.2/0".utf8)).status == .absent, "nothing of it")
        #expect(try underTest.find(Array("88.1/0".utf8)).status == .found, "reading goes on")
        unlink(ballast)
        // Ten seconds are what is promised; waiting longer decides nothing.
        for _ in 0..<600 where !events.hasRoom { usleep(100_000) }
        #expect(events.hasRoom)
        #expect(try !underTest.apply(set).isRepeated, "what was refused has left no outcomes")
        #expect(try underTest.apply(set).isRepeated)
        #expect(try store.verify(comparingLog: true) { Issue.record("\($0)") }.isSound)
        try checkReplay(of: store)
    }

    /// A set of records of 60,000 bytes each.
    private func large(number: Int, stepCount: Int) throws -> CommandSet {
        let value = StoreSuite.value(String(repeating: "x", count: 60_000))
        let steps = try (0..<stepCount).map { step in
            let name = try StoreSuite.identifier("88.\(number)/\(step)")
            let change = Command.Change.put(name: name, values: [value], expecting: .absent)
            return CommandSet.Step.command(Command(change, unixSeconds: 1, origin: []))
        }
        let name = OutcomeName(
            request: [UInt8](repeating: UInt8(number), count: 16),
            owner: [UInt8](repeating: 1, count: 16),
            keepSeconds: 100
        )
        return CommandSet(steps, isAtomic: true, keeping: name, unixSeconds: 4_000_000_000)
    }

    private func fill(_ path: String) throws {
        let descriptor = open(path, O_WRONLY | O_CREAT, 0o600)
        try #require(descriptor >= 0)
        defer { close(descriptor) }
        let block = [UInt8](repeating: 0, count: 65_536)
        while block.withUnsafeBytes({ write(descriptor, $0.baseAddress, $0.count) }) > 0 {}
    }

    @Test(.enabled(if: SmallDisk.isPossible, "needs the right to mount a small file system"))
    func d3TheStartSaysWhenThereIsNoRoomForCounts() throws {
        let disk = try #require(SmallDisk(byteCount: 2 << 20))
        let data = disk.path + "/data"
        try Store.create(directory: data, options: smallOptions)
        var options = smallOptions
        options.prefixSlots = 65_536
        let store = try Store.open(directory: data, options: options)
        do {
            try store.log.start()
            Issue.record("it started")
        } catch {
            guard case .storageFull(let path) = error else {
                Issue.record("\(error)")
                return
            }
            #expect(path.hasPrefix(data + "/counts/counts-"))
        }
    }
}

extension EventList {
    fileprivate var hasRoom: Bool { all.contains { if case .storageHasRoom = $0 { true } else { false } } }
}
