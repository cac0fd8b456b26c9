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

    private var sets: [Name: Staged] = [:]
    private let byteCountMax: Int
    private let rowCountMax: Int

    init(byteCountMax: Int, countMax: Int) {
        self.byteCountMax = byteCountMax
        rowCountMax = countMax
    }

    /// Adds a part; returns why it cannot be, and then the set is forgotten.
    mutating func add(_ request: ApplyRequest, byteCount: Int, to name: Name, seconds: UInt64) -> String? {
        var staged = sets[name] ?? Staged(rows: [], firstRow: request.firstRow, byteCount: 0, expiry: 0)
        let next = UInt64(staged.firstRow) + UInt64(staged.rows.count)
        if sets[name] == nil, sets.count >= Self.setCountMax { return "too many atomic sets are under way" }
        guard UInt64(request.firstRow) == next else {
            // A part that came before is there already.
            if UInt64(request.firstRow) + UInt64(request.rows.count) <= next { return nil }
            sets[name] = nil
            return "row \(next) should follow, not row \(request.firstRow); the set is given up"
        }
        staged.rows += request.rows
        staged.byteCount += byteCount
        staged.expiry = seconds + Self.keepSeconds
        guard staged.rows.count <= rowCountMax, staged.byteCount <= byteCountMax else {
            sets[name] = nil
            return "an atomic set has at most \(rowCountMax) rows and \(byteCountMax) bytes; the set is given up"
        }
        sets[name] = staged
        return nil
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
