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
