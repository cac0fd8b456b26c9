import Glibc
import Testing

@testable import StorageLMDB

/// What the index of hints takes for granted of LMDB without MDB_WRITEMAP. With another version its source is to be
/// read for this again (decision 21), and then it is added here.
@Suite struct LMDBAssumptionTests {
    @Test func theVersionIsOneWhoseSourceWasReadForThis() {
        #expect(["0.9.24"].contains(StorageLibraries.lmdb), "\(StorageLibraries.lmdb)")
    }

    @Test func theFileDoesNotBecomeShorterWhenAllIsDeleted() throws {
        try withIndexedStore { sample in
            try sample.put(0..<5_000, version: 1)
            let path = sample.store.directory + "/hanjiang.lmdb"
            var least = try byteCount(path)
            for start in stride(from: 0, to: 5_000, by: 500) {
                try sample.remove(start..<start + 500)
                let now = try byteCount(path)
                #expect(now >= least)
                least = max(least, now)
            }
            #expect(try sample.store.recordCount() == 0)
        }
    }

    @Test func recordsStayWhereTheyAreWhileOthersAreWrittenElsewhere() throws {
        try withIndexedStore { sample in
            // The first and the last of many: what is written in between leaves their pages alone.
            try sample.put(0..<3_000, version: 1)
            let before = try place(of: 0, sample)
            let bytes = [UInt8](before)
            try sample.put(5_000..<9_000, version: 1)
            let after = try place(of: 0, sample)
            #expect(before.baseAddress == after.baseAddress && before.count == after.count)
            #expect([UInt8](after) == bytes)
        }
    }

    @Test func thePageOfASnapshotIsNotWrittenWhileItIsHeld() throws {
        try withIndexedStore { sample in
            try sample.put(0..<500, version: 1)
            try sample.store.environment.read { transaction throws(LMDBError) in
                let value = try transaction.get(transaction.tables.records, IndexedSample.key(7))
                guard let value else { throw .damaged }
                let bytes = [UInt8](value)
                do {
                    for version in 2...20 { try sample.put(0..<500, version: version) }
                } catch {
                    throw .damaged
                }
                #expect([UInt8](value) == bytes)
            }
        }
    }

    @Test func keyAndValueOfARecordLieTogetherInOnePage() throws {
        try withIndexedStore { sample in
            try sample.put(0..<500, version: 1)
            let environment = sample.store.environment
            try environment.read { transaction throws(LMDBError) in
                let cursor = try Cursor(transaction, transaction.tables.records)
                while let entry = try cursor.next() {
                    let (key, value) = (
                        UInt(bitPattern: entry.key.baseAddress), UInt(bitPattern: entry.value.baseAddress)
                    )
                    #expect(key + UInt(entry.key.count) == value)
                    let page = UInt(environment.pageByteCount)
                    #expect(key / page == (value + UInt(entry.value.count) - 1) / page)
                }
            }
        }
    }

    private func place(of number: Int, _ sample: IndexedSample) throws -> UnsafeRawBufferPointer {
        let value = try sample.store.environment.read { transaction throws(LMDBError) in
            try transaction.get(transaction.tables.records, IndexedSample.key(number))
        }
        return try #require(value)
    }

    private func byteCount(_ path: String) throws -> Int {
        var status = stat()
        try #require(stat(path, &status) == 0)
        return status.st_size
    }
}
