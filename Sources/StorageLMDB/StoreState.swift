internal import ResolutionProtocol

/// The last numbers given out, under the key `state`; written with each change.
struct StoreState: Hashable, Sendable {
    static let key = Array("state".utf8)

    /// Sequence number of the newest log entry; 0: none yet.
    var lastSequence: UInt64 = 0
    /// Number of the newest prefix; 0: none yet.
    var lastPrefixNumber: UInt32 = 0

    init() {}

    init(from reader: inout WireReader) throws(WireError) {
        lastSequence = try reader.uint64()
        lastPrefixNumber = try reader.uint32()
        try reader.finish()
    }

    func write(to writer: inout WireWriter) {
        writer.uint64(lastSequence)
        writer.uint32(lastPrefixNumber)
    }
}

extension Transaction {
    /// The content under `key`, unsealed; nil: there is none. Damage is `MDB_CORRUPTED`.
    func content(_ table: UInt32, _ key: [UInt8]) throws(LMDBError) -> UnsafeRawBufferPointer? {
        guard let value = try get(table, key) else { return nil }
        guard let content = key.withUnsafeBytes({ Sealed.open(value, key: $0) }) else { throw .damaged }
        return content
    }

    /// Writes under `key`, sealed, what `write` writes.
    func putSealed(
        _ table: UInt32,
        _ key: [UInt8],
        flags: Int32 = 0,
        in writer: inout WireWriter,
        _ write: (inout WireWriter) -> Void
    ) throws(LMDBError) {
        Sealed.begin(&writer)
        write(&writer)
        guard !writer.hasOverflowed else { throw .tooLarge }
        key.withUnsafeBytes { Sealed.end(&writer, key: $0) }
        try put(table, key, writer.raw, flags: flags)
    }

    /// The last numbers given out.
    func state() throws(LMDBError) -> StoreState {
        guard let content = try content(tables.meta, StoreState.key) else { return StoreState() }
        var reader = WireReader(content.bytes)
        do { return try StoreState(from: &reader) } catch { throw .damaged }
    }

    /// Keeps the last numbers given out.
    func setState(_ state: StoreState, in writer: inout WireWriter) throws(LMDBError) {
        try putSealed(tables.meta, StoreState.key, in: &writer) { state.write(to: &$0) }
        try references?.keepState(lastSequence: state.lastSequence, self)
    }
}
