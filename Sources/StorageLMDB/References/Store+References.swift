internal import CLMDB
public import Resolution
internal import ResolutionProtocol

extension Store: ReferenceListing {
    /// Names of the records that may refer to `identifier`.
    public func referrers(of identifier: [UInt8], limit: Int) throws(ChangeLogError) -> Referrers? {
        guard let index = environment.references else { return nil }
        let head = index.head(for: identifier)
        do throws(LMDBError) {
            return try environment.read { transaction throws(LMDBError) in
                try Self.referrers(head, limit: limit, transaction)
            }
        } catch {
            throw ChangeLogError(error)
        }
    }

    private static func referrers(
        _ head: [UInt8],
        limit: Int,
        _ transaction: Transaction
    ) throws(LMDBError) -> Referrers {
        var referrers = Referrers()
        let cursor = try Cursor(transaction, transaction.tables.references)
        var found = try cursor.seek(head)
        while let entry = found, entry.key.starts(with: head) {
            guard referrers.names.count < limit else {
                referrers.isWhole = false
                return referrers
            }
            if let key = Sealed.open(entry.value, key: entry.key),
                let name = try Self.name(under: key, transaction)
            {
                referrers.names.append(name)
            }
            found = try cursor.next()
        }
        return referrers
    }

    /// The name of the record under `key`, as registered.
    private static func name(
        under key: UnsafeRawBufferPointer,
        _ transaction: Transaction
    ) throws(LMDBError) -> [UInt8]? {
        guard let value = try transaction.get(transaction.tables.records, key),
            let content = Sealed.open(value, key: key), let view = try? StoredRecordView(content.bytes)
        else { return nil }
        return view.name.byteCount == 0 ? [UInt8](key) : [UInt8](view.name)
    }
}
