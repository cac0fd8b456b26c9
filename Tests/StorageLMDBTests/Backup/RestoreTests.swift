import Glibc
import Resolution
import ResolutionProtocol
import StoreSuite
import Testing

@testable import StorageLMDB

@Suite struct RestoreTests {
    /// A store with some records, its backup, and what was in it.
    private func withBackup(
        _ body: (TemporaryDirectory, String, [String: [[UInt8]: [UInt8]]]) throws -> Void
    ) throws {
        let files = try TemporaryDirectory()
        let path = files.path + "/a.backup"
        var rows: [String: [[UInt8]: [UInt8]]] = [:]
        var random = SplitMix(seed: 9)
        try withStore { store, underTest in
            try BackupSupport.change(underTest, count: 200, &random)
            try BackupSupport.backUp(store, to: path, sliceRowCountMax: 40)
            rows = try BackupSupport.rows(of: store)
        }
        try body(files, path, rows)
    }

    private func rows(in directory: String) throws -> [String: [[UInt8]: [UInt8]]] {
        let store = try Store.open(directory: directory, options: smallOptions)
        defer { store.close() }
        return try BackupSupport.rows(of: store)
    }

    @Test func theDataThatWasThereIsKept() throws {
        try withBackup { files, path, rows in
            let data = files.path + "/data"
            try Store.create(directory: data, options: smallOptions)
            let before = try self.rows(in: data)
            #expect(Restore.isOccupied(data))
            let outcome = try BackupSupport.restore(path, into: data)
            #expect(outcome.keptDirectory == data + "/before")
            #expect(try self.rows(in: data) == rows)
            #expect(try self.rows(in: data + "/before") == before)
            #expect(try BackupSupport.names(in: data).contains("restoring") == false)
        }
    }

    @Test func theDataThatWasThereGoesWhenItIsToBeReplaced() throws {
        try withBackup { files, path, rows in
            let data = files.path + "/data"
            try Store.create(directory: data, options: smallOptions)
            #expect(try BackupSupport.restore(path, into: data, .removed).keptDirectory == nil)
            #expect(try self.rows(in: data) == rows)
            #expect(try BackupSupport.names(in: data).filter { !$0.hasPrefix("hanjiang") } == ["counts", "lock"])
        }
    }

    @Test func d8ADirectoryInUseIsRefused() throws {
        try withBackup { files, path, _ in
            let data = files.path + "/data"
            try Store.create(directory: data, options: smallOptions)
            let store = try Store.open(directory: data, options: smallOptions)
            defer { store.close() }
            let error = #expect(throws: BackupError.self) { try BackupSupport.restore(path, into: data) }
            #expect(error == .store(.inUse(path: data + "/lock", pid: getpid())))
            #expect(try BackupSupport.names(in: data).contains("restoring") == false)
        }
    }

    @Test func anInterruptedRestoreLeavesWhatWasThere() throws {
        try withBackup { files, path, _ in
            for isThere in [false, true] {
                let data = files.path + "/data"
                if isThere { try Store.create(directory: data, options: smallOptions) }
                let before = isThere ? try self.rows(in: data) : [:]
                for stop in [0, 2, 3, 4] {
                    var count = 0
                    #expect(throws: BackupError.interrupted) {
                        try Restore(try BackupSource(path: path), into: data, predecessor: .removed).run { step in
                            if stop < 4 { count += 1 } else if step == .verifying { return false }
                            return stop == 4 || count <= stop
                        }
                    }
                    #expect(isThere == (access(data, F_OK) == 0))
                    if isThere { #expect(try self.rows(in: data) == before) }
                }
            }
        }
    }

    @Test func aBackupThatIsCutOrChangedReplacesNothing() throws {
        try withBackup { files, path, _ in
            let whole = try readFile(path)
            let seed = UInt64.random(in: .min ... .max)
            var random = SplitMix(seed: seed)
            let copy = files.path + "/copy"
            let cuts = [0, 1, 11, 12, 20] + (0..<60).map { _ in Int.random(in: 0..<whole.count, using: &random) }
            for count in cuts {
                try writeFile(copy, Array(whole[..<count]))
                #expect(throws: BackupError.self, "cut at \(count), seed \(seed)") {
                    try BackupSource(path: copy).check { _ in true }
                }
            }
            for _ in 0..<200 {
                var bytes = whole
                let place = Int.random(in: 0..<bytes.count, using: &random)
                bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
                try writeFile(copy, bytes)
                #expect(throws: BackupError.self, "byte \(place), seed \(seed)") {
                    try BackupSource(path: copy).check { _ in true }
                }
            }
            try writeFile(copy, whole + [0])
            #expect(throws: BackupError.self) { try BackupSource(path: copy).check { _ in true } }
            try writeFile(copy, Array(whole[..<(whole.count / 2)]))
            #expect(throws: BackupError.self) { try BackupSupport.restore(copy, into: files.path + "/data") }
            #expect(access(files.path + "/data", F_OK) != 0)
            #expect(try BackupSource(path: path).check { _ in true }.manifest == Array("manifest".utf8))
        }
    }

    @Test func aFileThatIsNoBackupIsKnown() throws {
        let files = try TemporaryDirectory()
        let path = files.path + "/other"
        try writeFile(path, [UInt8](repeating: 0x41, count: 100))
        #expect(throws: BackupError.notABackup(path: path)) { try BackupSource(path: path).check { _ in true } }
        try writeFile(path, Array("HJBACKUP".utf8) + [0, 0, 0, 9] + [UInt8](repeating: 0, count: 100))
        #expect(throws: BackupError.newerFormat(path: path, version: 9, supported: 1)) {
            try BackupSource(path: path).check { _ in true }
        }
    }

    @Test func theLastBackupIsNoted() throws {
        let files = try TemporaryDirectory()
        #expect(LastBackup.read(in: files.path) == nil)
        var summary = BackupSummary()
        summary.lastSequence = 5
        summary.tables = [BackupSummary.TableRows(name: "records", count: 3)]
        #expect(LastBackup.note((summary, 100), in: files.path, unixSeconds: 10))
        #expect(LastBackup.note(nil, in: files.path, unixSeconds: 20))
        let last = try #require(LastBackup.read(in: files.path))
        #expect(!last.isDone)
        #expect((last.attemptUnixSeconds, last.successUnixSeconds) == (20, 10))
        #expect((last.byteCount, last.recordCount, last.sequence) == (100, 3, 5))
        try writeFile(files.path + "/last-backup", [1, 2, 3])
        #expect(LastBackup.read(in: files.path) == nil)
    }
}
