import Glibc
import Testing

@testable import StorageLMDB

@Suite struct HintTableTests {
    @Test func aRecordThatWasPublishedIsFoundAndOneThatWasClearedIsNot() throws {
        let sample = try Sample(capacity: 100)
        let record = sample.record("88.1/A", valueByteCount: 300, at: 64)
        #expect(sample.find(record) == nil)
        #expect(sample.publish(record) == 1)
        #expect(sample.find(record) == record.valueBytes)
        #expect(sample.publish(record) == 0, "again")
        #expect(sample.table.clear(record.hash) == 1)
        #expect(sample.find(record) == nil)
        #expect(sample.table.clear(record.hash) == 0)
    }

    @Test func ofTwoKeysWithEqualTagsTheLaterIsFound() throws {
        let sample = try Sample(capacity: 100, keyMask: 0)
        let first = sample.record("88.1/A", valueByteCount: 100, at: 64)
        let second = sample.record("88.1/B", valueByteCount: 100, at: 640)
        #expect(first.hash == second.hash)
        #expect(sample.publish(first) == 1)
        #expect(sample.publish(second) == 0)
        #expect(sample.find(second) == second.valueBytes)
        #expect(sample.find(first) == nil, "the hint is another key's")
        #expect(!sample.table.hint(of: first.hash).isNone)
        #expect(sample.table.clear(first.hash) == 1)
        #expect(sample.find(second) == nil)
    }

    @Test(arguments: [UInt64(0), .max << 16]) func aWindowThatIsFullTakesNoMoreKeys(_ home: UInt64) throws {
        let sample = try Sample(capacity: 100)
        // Tags 1 to 17 in one window, the first of the table and the last.
        let records = (1...17).map { tag in
            sample.record("88.1/\(tag)", valueByteCount: 20, at: tag * 64, hash: home | UInt64(tag))
        }
        let bucket = sample.table.bucket(of: home)
        #expect(bucket == (home == 0 ? 0 : sample.table.bucketCount - 1))
        for record in records.prefix(16) { #expect(sample.publish(record) == 1) }
        #expect(sample.publish(records[16]) == 0)
        #expect(sample.find(records[16]) == nil)
        for record in records.prefix(16) { #expect(sample.find(record) == record.valueBytes) }
        #expect(sample.table.clear(records[15].hash) == 1)
        #expect(sample.publish(records[16]) == 1)
        #expect(sample.find(records[16]) == records[16].valueBytes)
    }

    @Test func aValueHasAtMost2047Bytes() throws {
        let sample = try Sample(capacity: 100)
        let longest = sample.record("88.1/A", valueByteCount: 2_047, at: 16)
        #expect(sample.publish(longest) == 1)
        #expect(sample.find(longest) == longest.valueBytes)
        let longer = sample.record("88.1/A", valueByteCount: 2_048, at: 16)
        #expect(sample.hint(for: longer) == nil)
    }

    @Test func aRecordMayEndWithItsPageAndNotBehindIt() throws {
        let sample = try Sample(capacity: 100)
        let key = "88.1/A"
        let last = sample.record(key, valueByteCount: 100, at: 4_096 - 100 - key.utf8.count)
        #expect(sample.publish(last) == 1)
        #expect(sample.find(last) == last.valueBytes)
        let over = sample.record(key, valueByteCount: 100, at: 4_096 - 99 - key.utf8.count)
        #expect(sample.hint(for: over) == nil)
        let first = sample.record(key, valueByteCount: 100, at: 4_096)
        #expect(sample.hint(for: first) != nil)
    }

    @Test func whatHasChangedUnderTheHintIsNotTaken() throws {
        let sample = try Sample(capacity: 100)
        let record = sample.record("88.1/A", valueByteCount: 333, at: 64)
        #expect(sample.publish(record) == 1)
        for offset in [0, 5, 6, 7, 64, 200, 338] {
            let place = sample.page + 64 + offset
            let byte = place.load(as: UInt8.self)
            place.storeBytes(of: byte ^ 0x10, as: UInt8.self)
            #expect(sample.find(record) == nil, "byte \(offset)")
            place.storeBytes(of: byte, as: UInt8.self)
            #expect(sample.find(record) == record.valueBytes)
        }
    }

    @Test func aPairOfWordsOfTwoHintsIsNotTaken() throws {
        let sample = try Sample(capacity: 100)
        let old = sample.record("88.1/A", valueByteCount: 100, at: 64)
        let new = sample.record("88.1/A", valueByteCount: 120, at: 1_024)
        let (oldHint, newHint) = (try #require(sample.hint(for: old)), try #require(sample.hint(for: new)))
        let mixed = Hint(place: oldHint.place, proof: newHint.proof)
        #expect(sample.table.publish(mixed, hash: old.hash) == 1)
        #expect(sample.find(old) == nil)
        #expect(sample.table.publish(newHint, hash: new.hash) == 0)
        #expect(sample.find(new) == new.valueBytes)
    }

    @Test func anEmptiedTableHasNoHint() throws {
        let sample = try Sample(capacity: 5_000)
        let records = (0..<40).map { sample.record("88.1/\($0)", valueByteCount: 20, at: $0 * 64) }
        for record in records { #expect(sample.publish(record) == 1) }
        sample.table.clearAll()
        for record in records { #expect(sample.table.hint(of: record.hash).isNone) }
    }

    @Test func thereIsRoomForTheCapacityAtSixTenths() throws {
        #expect(try Sample(capacity: 19).table.bucketCount == 8)
        let table = try Sample(capacity: 1_000_000).table
        #expect((26_600_000...26_800_000).contains(table.byteCount))
        #expect(table.slotCount * 16 == table.byteCount)
    }

    @Test func theHashOfAKeyAndTheFingerprintDependOnEveryByte() {
        let hash = HintHash()
        for count in 1...130 {
            var bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 * 7) }
            let (key, print) = (hash.key(bytes, count: count), hash.fingerprint(bytes, count: count, key: 1))
            #expect(print >> 53 == 0)
            #expect(hash.fingerprint(bytes, count: count, key: 2) != print)
            for index in 0..<count {
                bytes[index] ^= 1
                #expect(hash.key(bytes, count: count) != key, "\(count), \(index)")
                #expect(hash.fingerprint(bytes, count: count, key: 1) != print, "\(count), \(index)")
                bytes[index] ^= 1
            }
        }
        let zeros = [UInt8](repeating: 0, count: 64)
        #expect(Set((1...64).map { hash.key(zeros, count: $0) }).count == 64, "the number of bytes counts")
    }
}

/// A table and two pages that stand for the map.
private final class Sample {
    struct Record {
        var key: UnsafeRawBufferPointer
        var value: UnsafeRawBufferPointer
        var hash: UInt64
        /// As they were written.
        var keyBytes: [UInt8]
        var valueBytes: [UInt8]
    }

    let table: HintTable
    let page: UnsafeMutableRawPointer
    private let copy = UnsafeMutableRawPointer.allocate(byteCount: HintTable.copyByteCountMax, alignment: 16)

    init(capacity: Int, keyMask: UInt64 = .max) throws {
        table = try #require(
            HintTable(capacity: capacity, pageByteCount: 4_096, hash: HintHash(keyMask: keyMask))
        )
        page = .allocate(byteCount: 8_192, alignment: 4_096)
        page.initializeMemory(as: UInt8.self, repeating: 0, count: 8_192)
    }

    deinit {
        table.unmap()
        page.deallocate()
        copy.deallocate()
    }

    /// Writes key and value, the first byte of the key at `offset`.
    func record(_ key: String, valueByteCount: Int, at offset: Int, hash: UInt64? = nil) -> Record {
        let keyBytes = Array(key.utf8)
        let valueBytes = (0..<valueByteCount).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ offset) }
        let start = page + offset
        for (index, byte) in (keyBytes + valueBytes).enumerated() {
            (start + index).storeBytes(of: byte, as: UInt8.self)
        }
        return Record(
            key: UnsafeRawBufferPointer(start: start, count: keyBytes.count),
            value: UnsafeRawBufferPointer(start: start + keyBytes.count, count: valueByteCount),
            hash: hash ?? table.hash.key(start, count: keyBytes.count),
            keyBytes: keyBytes,
            valueBytes: valueBytes
        )
    }

    func hint(for record: Record) -> Hint? {
        table.makeHint(key: record.key, value: record.value, hash: record.hash)
    }

    func publish(_ record: Record) -> Int? { hint(for: record).map { table.publish($0, hash: record.hash) } }

    /// The value that the table proves for the key of `record`.
    func find(_ record: Record) -> [UInt8]? {
        let hint = table.hint(of: record.hash)
        guard !hint.isNone else { return nil }
        return record.keyBytes.withUnsafeBytes { key in
            table.copyProven(hint, key: key, hash: record.hash, to: copy).map { [UInt8]($0) }
        }
    }
}
