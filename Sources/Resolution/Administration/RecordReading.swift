package import ResolutionProtocol

/// A record as administration reads it, copied out of the store.
package struct AdministeredRecord: Sendable {
    /// As registered.
    package var name: [UInt8]
    /// Number of the change that wrote it.
    package var sequence: UInt64
    /// Its values.
    package var values: [HandleValue]
}

/// What a look-up gave.
package enum RecordReading: Sendable {
    case absent
    case found(AdministeredRecord)
    /// It cannot be read; the text says why.
    case unreadable(StaticString)
}

/// Reads whole records, one at a time.
package struct StoredRecordReader: ~Copyable {
    private let store: any RecordStore
    private let folding: IdentifierFolding
    private var keys = KeyBatch()

    /// Reads from `store`, whose names are folded by `folding`.
    package init(store: any RecordStore, folding: IdentifierFolding) {
        self.store = store
        self.folding = folding
    }

    /// The record of `identifier`.
    package mutating func read(_ identifier: [UInt8]) -> RecordReading {
        guard !identifier.isEmpty, identifier.count <= IdentifierGrammar.foldedByteCountMax else { return .absent }
        keys.removeAll()
        _ = keys.append(identifier.span.bytes, folding: folding)
        var reading = RecordReading.unreadable("the store cannot be read just now")
        store.withRecords(of: keys) { records in
            switch records.status(at: 0) {
            case .absent: reading = .absent
            case .unavailable: break
            case .damaged: reading = .unreadable("the stored record is damaged")
            case .found: reading = Self.decode(records.record(at: 0), identifier)
            }
        }
        return reading
    }

    private static func decode(_ record: RawSpan, _ identifier: [UInt8]) -> RecordReading {
        guard let view = try? StoredRecordView(record), let values = try? view.decodedValues() else {
            return .unreadable("the stored record is damaged")
        }
        let name = view.name.byteCount > 0 ? [UInt8](view.name) : identifier
        return .found(AdministeredRecord(name: name, sequence: view.sequence, values: values))
    }
}
