import Resolution
import ResolutionProtocol

/// A store in a dictionary: lends memory of its own, as an engine does, and notes what it was asked.
final class LentRecords: RecordStore {
    private struct Record {
        let address: UnsafeMutableRawPointer
        let byteCount: Int
    }

    private let folding: IdentifierFolding
    private var records: [[UInt8]: Record] = [:]
    private let lookups = UnsafeMutablePointer<RecordLookup>.allocate(capacity: KeyBatch.capacity)

    /// What a key gives instead of its record.
    var statuses: [[UInt8]: RecordStatus] = [:]
    /// Keys of each call, in order.
    private(set) var calls: [[[UInt8]]] = []
    /// Whether `calls` are kept.
    var isRecording = true

    init(folding: IdentifierFolding) { self.folding = folding }

    deinit {
        for record in records.values { record.address.deallocate() }
        lookups.deallocate()
    }

    func put(_ name: String, _ values: [HandleValue]) {
        let key = folding.key(of: Array(name.utf8))
        var writer = WireWriter(capacity: 512)
        StoredRecord.write(name: Array(name.utf8), key: key, sequence: 7, values: values, to: &writer)
        put(key: key, record: [UInt8](writer.bytes))
    }

    /// Puts bytes in place of a record, as they are.
    func put(key: [UInt8], record: [UInt8]) {
        records[key]?.address.deallocate()
        let address = UnsafeMutableRawPointer.allocate(byteCount: max(1, record.count), alignment: 8)
        address.copyMemory(from: record, byteCount: record.count)
        records[key] = Record(address: address, byteCount: record.count)
    }

    func setStatus(_ status: RecordStatus, of name: String) {
        statuses[folding.key(of: Array(name.utf8))] = status
    }

    func withRecords(of keys: borrowing KeyBatch, _ body: (borrowing RecordBatch) -> Void) {
        var asked: [[UInt8]] = []
        for index in 0..<keys.count {
            let key = [UInt8](keys.key(at: index))
            if isRecording { asked.append(key) }
            lookups[index] = lookup(key)
        }
        if isRecording { calls.append(asked) }
        body(RecordBatch(lookups: lookups, count: keys.count, owner: self))
    }

    private func lookup(_ key: [UInt8]) -> RecordLookup {
        if let status = statuses[key] { return RecordLookup(status: status) }
        guard let record = records[key] else { return RecordLookup(status: .absent) }
        return RecordLookup(
            status: .found,
            address: UnsafeRawPointer(record.address),
            byteCount: record.byteCount
        )
    }
}
