package import Resolution
package import ResolutionProtocol

/// Records in memory by their keys, for a `MemoryStore` of each worker.
package final class MemoryRecords: @unchecked Sendable {
    // Sendable: nothing is written after init; the memory lives as long as self.

    /// A place of the table; an empty key means that it is free.
    private struct Place {
        var key: UnsafeRawBufferPointer
        var record: UnsafeRawBufferPointer
    }

    private let places: UnsafeMutablePointer<Place>
    private let mask: Int

    /// A table of identifiers with their values.
    package init(_ records: [([UInt8], [HandleValue])]) {
        var capacity = 16
        while capacity < records.count * 2 { capacity *= 2 }
        mask = capacity - 1
        places = .allocate(capacity: capacity)
        let nothing = UnsafeRawBufferPointer(start: nil, count: 0)
        places.initialize(repeating: Place(key: nothing, record: nothing), count: capacity)
        for (name, values) in records {
            let key = ASCIIFolding.uppercased(name)
            var record = WireWriter(capacity: 512)
            StoredRecord.write(name: name, key: key, sequence: 1, values: values, to: &record)
            var place = key.withUnsafeBytes { Self.hash($0) } & mask
            while places[place].key.count > 0 { place = (place + 1) & mask }
            places[place] = Place(key: Self.copy(key), record: Self.copy([UInt8](record.bytes)))
        }
    }

    deinit {
        for place in 0...mask {
            places[place].key.deallocate()
            places[place].record.deallocate()
        }
        places.deallocate()
    }

    func lookup(_ key: UnsafeRawBufferPointer) -> RecordLookup {
        var place = Self.hash(key) & mask
        while places[place].key.count > 0 {
            let candidate = places[place]
            if candidate.key.count == key.count, Self.areEqual(candidate.key, key) {
                let record = candidate.record
                return RecordLookup(status: .found, address: record.baseAddress, byteCount: record.count)
            }
            place = (place + 1) & mask
        }
        return RecordLookup(status: .absent)
    }

    private static func areEqual(_ a: UnsafeRawBufferPointer, _ b: UnsafeRawBufferPointer) -> Bool {
        for index in 0..<a.count where a[index] != b[index] { return false }
        return true
    }

    /// FNV-1a.
    private static func hash(_ bytes: UnsafeRawBufferPointer) -> Int {
        var state: UInt64 = 0xCBF2_9CE4_8422_2325
        for index in 0..<bytes.count { state = (state ^ UInt64(bytes[index])) &* 0x100_0000_01B3 }
        return Int(truncatingIfNeeded: state >> 1)
    }

    private static func copy(_ bytes: [UInt8]) -> UnsafeRawBufferPointer {
        let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 8)
        copy.copyBytes(from: bytes)
        return UnsafeRawBufferPointer(copy)
    }
}

/// One worker's view of records in memory.
package final class MemoryStore: RecordStore {
    private let records: MemoryRecords
    private let willLookUp: (@Sendable () -> Void)?
    private let lookups = UnsafeMutablePointer<RecordLookup>.allocate(capacity: KeyBatch.capacity)

    /// `willLookUp` is called on the worker's thread before each batch is looked up.
    package init(_ records: MemoryRecords, willLookUp: (@Sendable () -> Void)? = nil) {
        self.records = records
        self.willLookUp = willLookUp
    }

    deinit { lookups.deallocate() }

    package func withRecords(of keys: borrowing KeyBatch, _ body: (borrowing RecordBatch) -> Void) {
        willLookUp?()
        for index in 0..<keys.count {
            lookups[index] = keys.key(at: index).withUnsafeBytes { records.lookup($0) }
        }
        body(RecordBatch(lookups: lookups, count: keys.count, owner: self))
    }
}
