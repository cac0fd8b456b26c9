internal import Resolution
internal import ResolutionProtocol

extension Transaction {
    /// Where the part of the log begins of which nothing has been dropped.
    ///
    /// Numbers are given without gaps, so as many have been dropped as are missing, and the last one missing lies
    /// before the first entry in front of which that many are. Looks at the entries that trimming has left in front.
    func logStart() throws(LMDBError) -> LogStart {
        let last = try state().lastSequence
        let count = UInt64(try count(tables.log))
        guard count <= last else { throw .damaged }
        let missingCount = last - count
        let cursor = try Cursor(self, tables.log)
        var position: UInt64 = 0
        while let entry = try cursor.next() {
            position += 1
            guard let sequence = UInt64(bigEndianBytes: entry.key), sequence >= position else { throw .damaged }
            guard sequence - position == missingCount else { continue }
            return LogStart(
                droppedThrough: missingCount == 0 ? 0 : sequence - 1,
                unixSeconds: try Self.time(of: entry)
            )
        }
        return LogStart(droppedThrough: missingCount == 0 ? 0 : last, unixSeconds: nil)
    }

    private static func time(of entry: Cursor.Entry) throws(LMDBError) -> UInt64 {
        guard let content = Sealed.open(entry.value, key: entry.key) else { throw .damaged }
        do { return try LogEntry(content.bytes).unixSeconds } catch { throw .damaged }
    }
}
