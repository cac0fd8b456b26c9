/// An entry of the resolution ledger: its head, what its head commits to, and the signature.
package struct LedgerEntry: Hashable, Sendable {
    package var head: LedgerHead
    /// In entries of the kind `identity`.
    package var identity: LedgerIdentity?
    package var rows: [LedgerRow] = []
    package var sources: [LedgerSourceRow] = []
    var signature = LedgerFrame(.signature, [UInt8]())

    init(head: LedgerHead) { self.head = head }

    /// Calls `body` with each frame in its order.
    package func forEachFrame<Failure: Error>(_ body: (LedgerFrame) throws(Failure) -> Void) throws(Failure) {
        try body(LedgerFrame(.head, head))
        try forEachBodyFrame(body)
        try body(signature)
    }

    /// The frames between head and signature.
    private func forEachBodyFrame<Failure: Error>(_ body: (LedgerFrame) throws(Failure) -> Void) throws(Failure) {
        if let identity { try body(LedgerFrame(.identity, identity)) }
        for row in rows { try body(LedgerFrame(.row, row)) }
        for source in sources { try body(LedgerFrame(.source, source)) }
    }

    /// Lets the head say what the entry has, and signs it.
    mutating func seal(by author: LedgerAuthor) throws(LedgerError) {
        guard rows.count <= LedgerHead.rowCountMax, sources.count <= LedgerHead.rowCountMax else { throw .tooManyRows }
        head.identity = author.digest
        head.rowCount = UInt32(rows.count)
        head.sourceRowCount = UInt32(sources.count)
        head.largest = LedgerLargestNetwork(of: sources)
        let digest = try LedgerDigest.running()
        try forEachBodyFrame { frame throws(LedgerError) in try digest.take(frame.bytes) }
        head.body = try digest.end()
        signature = try author.sign(head)
    }
}
