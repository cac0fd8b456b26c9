import Glibc
import Resolution
import ResolutionProtocol
import StoreSuite
import Testing

@testable import StorageLMDB

@Suite struct BackupRunTests {
    @Test func aRestoredStoreHasEveryRowOfEveryTable() throws {
        let files = try TemporaryDirectory()
        var random = SplitMix(seed: 7)
        try withStore { store, underTest in
            try BackupSupport.change(underTest, count: 1_000, &random)
            let path = files.path + "/a.backup"
            let summary = try BackupSupport.backUp(store, to: path)
            #expect(try BackupSupport.names(in: files.path) == ["a.backup"])
            let outcome = try BackupSupport.restore(path, into: files.path + "/data")
            #expect(outcome.contents == BackupContents(summary: summary, manifest: Array("manifest".utf8)))
            #expect(outcome.verification.recordCount == summary.recordCount)
            #expect(outcome.keptDirectory == nil)
            let restored = try Store.open(directory: files.path + "/data", options: smallOptions)
            defer { restored.close() }
            #expect(try BackupSupport.rows(of: restored) == (try BackupSupport.rows(of: store)))
            #expect(restored.uuid == store.uuid)
        }
    }

    /// Changes come between all slices: what is restored is what a replay of the log says the store held at the
    /// backup's last sequence number.
    @Test(arguments: [1 as UInt64, 2, 3])
    func d9ABackupDuringWritesHoldsOneStateOfTheStore(seed: UInt64) throws {
        let files = try TemporaryDirectory()
        var random = SplitMix(seed: seed)
        try withStore { store, underTest in
            try BackupSupport.change(underTest, count: 500, &random)
            let path = files.path + "/a.backup"
            var slices = 0
            let summary = try BackupSupport.backUp(store, to: path, sliceRowCountMax: 25) { _ in
                slices += 1
                guard slices < 200 else { return true }
                return (try? BackupSupport.change(underTest, count: 5, &random)) != nil
            }
            #expect(summary.lastSequence > summary.firstSequence, "writes came during the backup")
            #expect(slices > 20)
            try BackupSupport.change(underTest, count: 100, &random)
            try BackupSupport.restore(path, into: files.path + "/data")
            let restored = try Store.open(directory: files.path + "/data", options: smallOptions)
            defer { restored.close() }
            #expect(try restored.verify(comparingLog: true) { Issue.record("\($0)") }.isSound)
            #expect(try records(of: restored) == (try model(of: store, upTo: summary.lastSequence)))
            let wanted = try BackupSupport.rows(of: store)["log"]?.filter { key, _ in
                key.withUnsafeBytes { UInt64(bigEndianBytes: $0) ?? 0 } <= summary.lastSequence
            }
            #expect(try BackupSupport.rows(of: restored)["log"] == wanted)
        }
    }

    /// Names and values, by folded name.
    private func records(of store: Store) throws -> [[UInt8]: [HandleValue]] {
        var records: [[UInt8]: [HandleValue]] = [:]
        try store.scan { record in
            records[store.folding.key(of: [UInt8](record.name))] = try? record.decodedValues()
            return true
        }
        return records
    }

    private func model(of store: Store, upTo sequence: UInt64) throws -> [[UInt8]: [HandleValue]] {
        var records: [[UInt8]: [HandleValue]] = [:]
        for entry in try store.log.entries(after: 0, limit: .max) where entry.sequence <= sequence {
            switch entry.kind {
            case .put(let name, let values): records[store.folding.key(of: name)] = values
            case .removed(let name): records[store.folding.key(of: name)] = nil
            default: break
            }
        }
        return records
    }

    /// A load writes thousands of records with one entry of the log.
    @Test func aLoadDuringTheBackupIsInItWhole() throws {
        let files = try TemporaryDirectory()
        var random = SplitMix(seed: 4)
        try withStore { store, underTest in
            try BackupSupport.change(underTest, count: 300, &random)
            var isLoaded = false
            let path = files.path + "/a.backup"
            try BackupSupport.backUp(store, to: path, sliceRowCountMax: 50) { _ in
                defer { isLoaded = true }
                return isLoaded || (try? load(store, count: 500)) != nil
            }
            try BackupSupport.restore(path, into: files.path + "/data")
            let restored = try Store.open(directory: files.path + "/data", options: smallOptions)
            defer { restored.close() }
            #expect(try BackupSupport.rows(of: restored) == (try BackupSupport.rows(of: store)))
        }
    }

    private func load(_ store: Store, count: Int) throws {
        let loader = BulkLoader(store: store, policy: .overwrite, unixSeconds: 9, origin: [])
        for number in 0..<count {
            var list = WireWriter(capacity: 64)
            list.array([StoreSuite.value("load \(number)")])
            let name = try StoreSuite.identifier("88.1/\(number)")
            _ = try loader.add(name, valueList: list.bytes, areAllPublic: true, row: UInt64(number + 1))
        }
        _ = try loader.finish()
    }

    @Test func whatIsTrimmedFromTheLogDuringTheBackupIsNotInIt() throws {
        let files = try TemporaryDirectory()
        var random = SplitMix(seed: 5)
        try withStore { store, underTest in
            try BackupSupport.change(underTest, count: 400, &random)
            var slices = 0
            let path = files.path + "/a.backup"
            let total = try store.figures().recordCount
            try BackupSupport.backUp(store, to: path, sliceRowCountMax: 50) { progress in
                slices += 1
                // Half of the log has been copied by then.
                guard progress.rowCount > total + 200, slices < 1_000 else { return true }
                slices = 1_000
                return (try? store.log.trimHistory(keepDays: 0, now: 1 << 40)) != nil
            }
            #expect(slices >= 1_000)
            try BackupSupport.restore(path, into: files.path + "/data")
            let restored = try Store.open(directory: files.path + "/data", options: smallOptions)
            defer { restored.close() }
            #expect(try BackupSupport.rows(of: restored) == (try BackupSupport.rows(of: store)))
        }
    }

    @Test func d5WhatIsDamagedDoesNotBecomeABackup() throws {
        let files = try TemporaryDirectory()
        try withStore { store, underTest in
            let name = try StoreSuite.identifier("88.1/1")
            _ = try underTest.apply(.put(name: name, values: [StoreSuite.value("x")], expecting: .absent))
            try store.environment.write { transaction throws(LMDBError) in
                let key = store.folding.key(of: name.bytes)
                let noise = [UInt8](repeating: 7, count: 40)
                try noise.span.bytes.withUnsafeBytes { value throws(LMDBError) in
                    try transaction.put(transaction.tables.records, key, value)
                }
            }
            let error = #expect(throws: BackupError.self) {
                try BackupSupport.backUp(store, to: files.path + "/a.backup")
            }
            #expect(error?.code == "BACKUP-04")
            #expect(try BackupSupport.names(in: files.path).isEmpty)
        }
    }

    @Test func anInterruptedBackupLeavesNothing() throws {
        let files = try TemporaryDirectory()
        var random = SplitMix(seed: 6)
        try withStore { store, underTest in
            try BackupSupport.change(underTest, count: 100, &random)
            for stop in 0..<4 {
                var slices = 0
                #expect(throws: BackupError.interrupted) {
                    try BackupSupport.backUp(store, to: files.path + "/a.backup", sliceRowCountMax: 20) { _ in
                        slices += 1
                        return slices <= stop
                    }
                }
                #expect(try BackupSupport.names(in: files.path).isEmpty)
            }
        }
    }

    @Test func aFileOfThatNameIsNotTouched() throws {
        let files = try TemporaryDirectory()
        let path = files.path + "/a.backup"
        try writeFile(path, [1])
        #expect(throws: BackupError.alreadyExists(path: path)) { try BackupTarget(path: path) }
        #expect(try readFile(path) == [1])
        #expect(try BackupSupport.names(in: files.path) == ["a.backup"])
    }

    @Test func aBackupThatIsBeingWrittenIsLeftWhole() throws {
        let files = try TemporaryDirectory()
        let path = files.path + "/a.backup"
        let first = try BackupTarget(path: path)
        let written: [UInt8] = [1, 2, 3]
        try written.withUnsafeBytes { bytes in try first.write(bytes) }
        #expect(throws: BackupError.alreadyExists(path: path + ".unfinished")) { try BackupTarget(path: path) }
        #expect(try readFile(path + ".unfinished") == written)
    }

    @Test func anUnfinishedFileThatIsALinkIsNotFollowed() throws {
        let files = try TemporaryDirectory()
        let path = files.path + "/a.backup"
        try writeFile(files.path + "/other", [1])
        #expect(symlink(files.path + "/other", path + ".unfinished") == 0)
        #expect(throws: BackupError.self) { try BackupTarget(path: path) }
        #expect(try readFile(files.path + "/other") == [1])
    }

    @Test(.enabled(if: SmallDisk.isPossible, "needs the right to mount a small file system"))
    func d3AFullDiskRefusesTheBackupAndLeavesTheStoreAtWork() throws {
        let disk = try #require(SmallDisk(byteCount: 1 << 20))
        var random = SplitMix(seed: 8)
        try withStore { store, underTest in
            try BackupSupport.change(underTest, count: 100, &random)
            for number in 0..<15 {
                let noise = (0..<200_000).map { _ in UInt8.random(in: 65...90, using: &random) }
                let value = StoreSuite.value(String(decoding: noise, as: UTF8.self))
                let name = try StoreSuite.identifier("88.1/big\(number)")
                _ = try underTest.apply(.put(name: name, values: [value], expecting: .absent))
            }
            let path = disk.path + "/a.backup"
            #expect(throws: BackupError.noRoom(path: path)) { try BackupSupport.backUp(store, to: path) }
            #expect(try BackupSupport.names(in: disk.path).isEmpty)
            try BackupSupport.change(underTest, count: 10, &random)
            #expect(try store.verify(comparingLog: true) { Issue.record("\($0)") }.isSound)
        }
    }
}
