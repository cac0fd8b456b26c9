internal import CLMDB
internal import CXXHash
internal import Resolution
internal import ResolutionProtocol

/// The table of references: which records refer to an identifier (docs/trace.md). Written in the transaction of the
/// record, so that the two never differ.
///
///     digest of what is referred to, 16 bytes · digest of the record's key, 16 bytes → sealed key of the record
///
/// A row says where to look, and the record itself what it refers to: a row that is wrong leads to nothing.
final class ReferenceIndex: Sendable {
    /// Bytes of a digest, and of a row's key.
    static let digestByteCount = 16
    static let keyByteCount = 2 * digestByteCount

    private let types: [[UInt8]]
    private let rule: ReferenceRule
    private let folding: IdentifierFolding
    private let secret: UInt64

    /// An index of references by values of `types` and those that always refer.
    init(types: [[UInt8]], format: FormatRecord) {
        self.types = types
        rule = ReferenceRule(types: types)
        folding = format.folding
        secret = format.secret
    }

    /// Brings the rows of the record under `key` to what it is about to be: `new`, sealed; nil: it is about to go.
    func note(
        _ key: UnsafeRawBufferPointer,
        new: UnsafeRawBufferPointer?,
        _ transaction: Transaction
    ) throws(LMDBError) {
        let old = try transaction.get(transaction.tables.records, key)
        let (before, after) = (targets(of: old, key), targets(of: new, key))
        guard before != after else { return }
        let source = digest(key)
        for target in before.subtracting(after) { try transaction.delete(table(transaction), target + source) }
        var writer = WireWriter(capacity: 600)
        for target in after.subtracting(before) { try put(target + source, key, transaction, &writer) }
    }

    /// Puts the rows of the record under `key` that are missing.
    func add(
        _ key: UnsafeRawBufferPointer,
        _ value: UnsafeRawBufferPointer,
        _ transaction: Transaction
    ) throws(LMDBError) {
        let source = digest(key)
        var writer = WireWriter(capacity: 600)
        for target in targets(of: value, key) { try put(target + source, key, transaction, &writer) }
    }

    /// Notes that the table is as records are after the change `lastSequence`.
    func keepState(lastSequence: UInt64, _ transaction: Transaction) throws(LMDBError) {
        var state = ReferenceState(types: types)
        state.isComplete = true
        state.lastSequence = lastSequence
        try state.keep(transaction)
    }

    /// The first bytes of the keys of all rows about `identifier`.
    func head(for identifier: [UInt8]) -> [UInt8] {
        folding.key(of: identifier).withUnsafeBytes { digest($0) }
    }

    /// The keys of the rows that the record under `key` should have.
    func rowKeys(of key: UnsafeRawBufferPointer, _ value: UnsafeRawBufferPointer) -> [[UInt8]] {
        let source = digest(key)
        return targets(of: value, key).map { $0 + source }
    }

    /// Digests of what a sealed record refers to; of a damaged one nothing is known.
    private func targets(of value: UnsafeRawBufferPointer?, _ key: UnsafeRawBufferPointer) -> Set<[UInt8]> {
        guard let value, let content = Sealed.open(value, key: key),
            let view = try? StoredRecordView(content.bytes), let values = try? view.decodedValues()
        else { return [] }
        return Set(rule.links(of: values).links.map { head(for: $0.identifier) })
    }

    private func put(
        _ row: [UInt8],
        _ key: UnsafeRawBufferPointer,
        _ transaction: Transaction,
        _ writer: inout WireWriter
    ) throws(LMDBError) {
        let name = [UInt8](key)
        try transaction.putSealed(table(transaction), row, in: &writer) { $0.bytes(name) }
    }

    private func table(_ transaction: Transaction) -> MDB_dbi { transaction.tables.references }

    private func digest(_ bytes: UnsafeRawBufferPointer) -> [UInt8] {
        guard let address = bytes.baseAddress else { return [UInt8](repeating: 0, count: Self.digestByteCount) }
        let digest = hj_xxh3_128_seeded(address, bytes.count, secret)
        return digest.high64.bigEndianBytes + digest.low64.bigEndianBytes
    }
}
