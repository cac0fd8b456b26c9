public import Resolution
internal import ResolutionProtocol

/// Listing in the order of the records' keys (`StoreKey`).
///
/// A key of at most 510 bytes is the folded name; of a longer name it is the first 495 bytes and a digest. So all names
/// that begin with a head of up to 495 bytes lie together, long ones sorted by their first 495 bytes and then by
/// digest. Of a longer head, the first 495 bytes are looked up, and each long name there is compared with the rest. The
/// place to go on behind is a folded name, whose key is known whether it is there or not: no name is missed or told
/// twice, whatever is written in between.
extension Store: RecordListing {
    /// Records that one call looks at beyond those it lists: those of a longer head that are others', or damaged.
    private static let passedCountMax = 10_000

    /// Names of the records whose folded key begins with `head`, behind `after`.
    public func names(
        keysBeginWith head: [UInt8],
        after: [UInt8]?,
        limit: Int
    ) throws(ChangeLogError) -> RecordNames {
        let walk = ListingWalk(head: head, after: after, limit: min(limit, RecordNames.countMax), format: format)
        do throws(LMDBError) {
            return try environment.read { transaction throws(LMDBError) in
                try walk.run(transaction, passedCountMax: Self.passedCountMax) { entry in
                    let (key, address) = (entry.key, entry.value.baseAddress)
                    damage.note(DamageReport(part: .record, key: key, address: address, environment: environment))
                }
            }
        } catch {
            throw ChangeLogError(error)
        }
    }
}

/// One part of a list.
private struct ListingWalk {
    let head: [UInt8]
    /// What keys in the file begin with.
    let keyHead: [UInt8]
    /// The key in the file to begin behind.
    let start: [UInt8]?
    let limit: Int
    let folding: IdentifierFolding

    init(head: [UInt8], after: [UInt8]?, limit: Int, format: FormatRecord) {
        self.head = head
        keyHead = Array(head.prefix(StoreKey.headByteCount))
        start = after.map { StoreKey(secret: format.secret).key(of: $0) }
        self.limit = limit
        folding = format.folding
    }

    func run(
        _ transaction: Transaction,
        passedCountMax: Int,
        isDamaged: (Cursor.Entry) -> Void
    ) throws(LMDBError) -> RecordNames {
        var part = RecordNames()
        guard limit > 0 else { return part }
        let cursor = try Cursor(transaction, transaction.tables.records)
        var found = try first(cursor)
        var (last, passedCount) = ([UInt8](), 0)
        while let entry = found, entry.key.starts(with: keyHead) {
            guard part.names.count < limit, passedCount < passedCountMax else {
                part.after = last
                return part
            }
            if let name = name(of: entry) {
                last = folding.key(of: name)
                if last.starts(with: head) { part.names.append(name) } else { passedCount += 1 }
            } else {
                // A damaged record tells no name to go on behind: the part does not end with one.
                isDamaged(entry)
                part.damagedCount += 1
            }
            found = try cursor.next()
        }
        return part
    }

    private func first(_ cursor: borrowing Cursor) throws(LMDBError) -> Cursor.Entry? {
        guard let start, !start.lexicographicallyPrecedes(keyHead) else { return try cursor.seek(keyHead) }
        let found = try cursor.seek(start)
        return found.map { $0.key.elementsEqual(start) } ?? false ? try cursor.next() : found
    }

    private func name(of entry: Cursor.Entry) -> [UInt8]? {
        guard let content = Sealed.open(entry.value, key: entry.key), let view = try? StoredRecordView(content.bytes)
        else { return nil }
        return view.name.byteCount == 0 ? [UInt8](entry.key) : [UInt8](view.name)
    }
}
