internal import ResolutionProtocol

/// Parts of atomic sets that wait for their last one, bounded in rows, bytes, number and time.
struct StagedSets {
    /// Which set: whose, and which batch.
    struct Name: Hashable, Sendable {
        var owner: [UInt8]
        var batch: [UInt8]
    }

    private struct Staged {
        var rows: [ApplyRow]
        var firstRow: UInt32
        var byteCount: Int
        var expiry: UInt64
    }

    private static let keepSeconds: UInt64 = 600
    private static let setCountMax = 16
    private static let setsPerOwnerMax = 4

    private var sets: [Name: Staged] = [:]
    private let byteCountMax: Int
    private let rowCountMax: Int

    init(byteCountMax: Int, countMax: Int) {
        self.byteCountMax = byteCountMax
        rowCountMax = countMax
    }

    /// Adds a part; returns why it cannot be, and then the set is forgotten.
    ///
    /// A set begins with row 0 of its batch: so its end is never taken for a whole set where its beginning was given
    /// up, has expired, or was lost with the node that had it.
    mutating func add(
        _ request: ApplyRequest,
        byteCount: Int,
        to name: Name,
        seconds: UInt64
    ) -> AdministrationRefusal? {
        if let refusal = refusalOfNew(name) { return refusal }
        var staged = sets[name] ?? Staged(rows: [], firstRow: 0, byteCount: 0, expiry: 0)
        let next = staged.rows.count
        guard Int(request.firstRow) == next else {
            // A part that came before is there already.
            if Int(request.firstRow) + request.rows.count <= next { return nil }
            sets[name] = nil
            let text = "row \(next) should follow, not row \(request.firstRow); send the set again from row 0"
            return AdministrationRefusal(.invalidValue, text)
        }
        staged.rows += request.rows
        staged.byteCount += byteCount
        staged.expiry = seconds + Self.keepSeconds
        guard staged.rows.count <= rowCountMax, staged.byteCount <= byteCountMax else {
            sets[name] = nil
            let text = "an atomic set has at most \(rowCountMax) rows and \(byteCountMax) bytes; the set is given up"
            return AdministrationRefusal(.invalidValue, text)
        }
        sets[name] = staged
        return nil
    }

    /// Why no set may be begun under `name`; nil: it may, or has been.
    private func refusalOfNew(_ name: Name) -> AdministrationRefusal? {
        guard sets[name] == nil else { return nil }
        let ownCount = sets.keys.count { $0.owner == name.owner }
        guard sets.count >= Self.setCountMax || ownCount >= Self.setsPerOwnerMax else { return nil }
        return AdministrationRefusal(.serverBusy, "too many atomic sets are under way; ask again later")
    }

    /// Takes the whole set out.
    mutating func take(_ name: Name) -> (rows: [ApplyRow], firstRow: UInt32)? {
        sets.removeValue(forKey: name).map { ($0.rows, $0.firstRow) }
    }

    /// Forgets sets whose parts do not come any more.
    mutating func expire(seconds: UInt64) {
        guard !sets.isEmpty else { return }
        sets = sets.filter { seconds < $0.value.expiry }
    }
}
