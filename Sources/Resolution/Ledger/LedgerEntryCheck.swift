internal import Cryptography
internal import ResolutionProtocol

/// Checks one entry frame by frame against its head and the rows of the entry before.
struct LedgerEntryCheck {
    typealias Wrong = [(LedgerFinding.Problem, String)]

    let head: LedgerHead
    /// Where its head begins.
    let offset: Int
    /// Its rows so far.
    private(set) var rows: [LedgerRow] = []
    private let before: [LedgerRow]
    /// Whether `before` is all there was: a prefix that is not in it had no query.
    private let knowsBefore: Bool
    private let body: RunningDigest
    private var beforePlace = 0
    private var added = LedgerCounts()
    private var soFar = LedgerCounts()
    private var sourceRowCount = 0
    private var sourceSum: UInt64 = 0
    private var lastSource: LedgerSourceRow.Key?
    private var largest = LedgerLargestNetwork.Finding()
    private var isTooLarge = false

    init(_ head: LedgerHead, at offset: Int, before: [LedgerRow], isWhole: Bool) throws(LedgerError) {
        self.head = head
        self.offset = offset
        self.before = before
        knowsBefore = isWhole || !before.isEmpty
        body = try LedgerDigest.running()
    }

    mutating func take(identityFrame frame: LedgerFrame) throws(LedgerError) { try body.take(frame.bytes) }

    /// Takes a row or a source row, and says what is wrong with which of its fields.
    mutating func take(_ frame: LedgerFrame) throws(LedgerError) -> Wrong {
        try body.take(frame.bytes)
        guard rows.count < LedgerHead.rowCountMax, sourceRowCount < LedgerHead.rowCountMax else {
            return [(.count, "row")]
        }
        if frame.kind == .row {
            guard sourceRowCount == 0, let row = try? LedgerRow(wire: frame.content) else {
                return [(.misplaced, "row")]
            }
            return take(row)
        }
        guard let row = try? LedgerSourceRow(wire: frame.content) else { return [(.misplaced, "source")] }
        return take(row)
    }

    private mutating func take(_ row: LedgerRow) -> Wrong {
        var wrong: Wrong = []
        if let last = rows.last, !(last.key < row.key) { wrong.append((.order, "row.prefix")) }
        wrong += compare(row)
        rows.append(row)
        do throws(LedgerError) {
            try added.add(received: row.received, found: row.found, of: row.key.origin)
            try soFar.add(received: row.receivedSoFar, found: row.foundSoFar, of: row.key.origin)
        } catch {
            isTooLarge = true
        }
        return wrong
    }

    /// Compares `row` with that of the entry before.
    private mutating func compare(_ row: LedgerRow) -> Wrong {
        var wrong: Wrong = []
        while beforePlace < before.count, before[beforePlace].key < row.key {
            wrong.append((.missingRow, "row.prefix"))
            beforePlace += 1
        }
        guard knowsBefore else {
            if row.receivedSoFar < row.received { wrong.append((.cumulative, "row.received-so-far")) }
            if row.foundSoFar < row.found { wrong.append((.cumulative, "row.found-so-far")) }
            return wrong
        }
        var (received, found): (UInt64, UInt64) = (0, 0)
        if beforePlace < before.count, before[beforePlace].key == row.key {
            (received, found) = (before[beforePlace].receivedSoFar, before[beforePlace].foundSoFar)
            beforePlace += 1
        }
        // What wraps around is no sum either.
        if row.receivedSoFar < received || row.receivedSoFar - received != row.received {
            wrong.append((.cumulative, "row.received-so-far"))
        }
        if row.foundSoFar < found || row.foundSoFar - found != row.found {
            wrong.append((.cumulative, "row.found-so-far"))
        }
        return wrong
    }

    private mutating func take(_ row: LedgerSourceRow) -> Wrong {
        defer { lastSource = row.key }
        sourceRowCount += 1
        largest.take(row)
        let (sum, isTooLarge) = sourceSum.addingReportingOverflow(row.count)
        sourceSum = sum
        self.isTooLarge = self.isTooLarge || isTooLarge
        guard let last = lastSource, !(last < row.key) else { return [] }
        return [(.order, "source.network")]
    }

    /// The entry is complete: what is wrong in which field of its head.
    func finish() throws(LedgerError) -> Wrong {
        var wrong: Wrong = []
        if try body.end() != head.body { wrong.append((.body, "body")) }
        if rows.count != Int(head.rowCount) { wrong.append((.count, "rows")) }
        if sourceRowCount != Int(head.sourceRowCount) { wrong.append((.count, "source-rows")) }
        if isTooLarge || added != head.added { wrong.append((.sum, "received-external")) }
        if !rows.isEmpty {
            if soFar != head.cumulative { wrong.append((.sum, "received-external-so-far")) }
            if beforePlace < before.count { wrong.append((.missingRow, "rows")) }
        }
        if sourceSum != head.listedSourceCount { wrong.append((.sum, "listed-sources")) }
        if largest.largest != head.largest { wrong.append((.largest, "largest-network")) }
        return wrong
    }
}
