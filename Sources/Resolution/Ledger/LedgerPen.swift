/// Writes the next entries of a ledger, one after the other, as values: whoever keeps them stores each with the state
/// behind it, in one transaction, so that a day is closed once whatever happens in between.
package struct LedgerPen: Sendable {
    /// How far the ledger has come with the entries made so far.
    package private(set) var state: LedgerState
    private let author: LedgerAuthor

    /// A pen that goes on from `state`.
    package init(author: LedgerAuthor, state: LedgerState) {
        self.author = author
        self.state = state
    }

    /// Whether the next entry must say who writes from now on: it is the first, or key or name have changed.
    package var needsIdentity: Bool { state.identity != author.digest }

    /// The entry that says who writes from now on.
    package mutating func identify(unixSeconds: Int64) throws(LedgerError) -> LedgerEntry {
        var entry = LedgerEntry(head: head(.identity, state.nextDay, unixSeconds))
        entry.identity = author.identity
        return try finish(entry)
    }

    /// The entry of the next day, with what `account` says of it. `before` are the rows of the last entry that has any.
    package mutating func close(
        _ account: LedgerAccount,
        before: [LedgerRow],
        unixSeconds: Int64
    ) throws(LedgerError) -> LedgerEntry {
        let entry = try self.entry(.day, state.nextDay, account, before, unixSeconds)
        let finished = try finish(entry)
        state.nextDay = CountDay(number: state.nextDay.number + 1)
        return finished
    }

    /// The entry that adds `difference` to `day`, which has been closed.
    package mutating func correct(
        _ day: CountDay,
        by difference: LedgerAccount,
        before: [LedgerRow],
        unixSeconds: Int64
    ) throws(LedgerError) -> LedgerEntry {
        try finish(try entry(.correction, day, difference, before, unixSeconds))
    }

    private func head(_ kind: LedgerHead.Kind, _ day: CountDay, _ unixSeconds: Int64) -> LedgerHead {
        var head = LedgerHead(
            kind: kind,
            sequence: state.next,
            previous: state.last,
            day: day,
            madeUnixSeconds: unixSeconds
        )
        head.cumulative = state.cumulative
        return head
    }

    private func entry(
        _ kind: LedgerHead.Kind,
        _ day: CountDay,
        _ account: LedgerAccount,
        _ before: [LedgerRow],
        _ unixSeconds: Int64
    ) throws(LedgerError) -> LedgerEntry {
        var entry = LedgerEntry(head: head(kind, day, unixSeconds))
        entry.rows = try Self.rows(account, before)
        entry.sources = account.sources.filter { $0.value > 0 }.map { LedgerSourceRow($0.key, count: $0.value) }
            .sorted { $0.key < $1.key }
        for row in entry.rows {
            try entry.head.added.add(received: row.received, found: row.found, of: row.key.origin)
        }
        try entry.head.cumulative.add(entry.head.added)
        for source in entry.sources {
            let (sum, isTooLarge) = entry.head.listedSourceCount.addingReportingOverflow(source.count)
            guard !isTooLarge else { throw .overflow }
            entry.head.listedSourceCount = sum
        }
        entry.head.otherSourceCount = account.otherSourceCount
        return entry
    }

    /// The rows of an entry: each prefix and class that ever had a query; none where the account adds none.
    private static func rows(_ account: LedgerAccount, _ before: [LedgerRow]) throws(LedgerError) -> [LedgerRow] {
        var pairs = account.pairs.filter { !$0.value.isEmpty }
        guard !pairs.isEmpty else { return [] }
        var rows: [LedgerRow] = []
        rows.reserveCapacity(before.count + pairs.count)
        for old in before {
            let pair = pairs.removeValue(forKey: old.key) ?? LedgerAccount.Pair()
            rows.append(try row(old.key, pair, received: old.receivedSoFar, found: old.foundSoFar))
        }
        for (key, pair) in pairs { rows.append(try row(key, pair, received: 0, found: 0)) }
        return rows.sorted { $0.key < $1.key }
    }

    private static func row(
        _ key: LedgerRow.Key,
        _ pair: LedgerAccount.Pair,
        received: UInt64,
        found: UInt64
    ) throws(LedgerError) -> LedgerRow {
        let (receivedSoFar, isTooLarge) = received.addingReportingOverflow(pair.received)
        let (foundSoFar, isTooLargeToo) = found.addingReportingOverflow(pair.found)
        guard !isTooLarge, !isTooLargeToo, key.prefix.count <= 255 else { throw .overflow }
        return LedgerRow(
            key,
            received: pair.received,
            found: pair.found,
            receivedSoFar: receivedSoFar,
            foundSoFar: foundSoFar
        )
    }

    /// Seals `entry` and goes on from it.
    private mutating func finish(_ unsealed: LedgerEntry) throws(LedgerError) -> LedgerEntry {
        var entry = unsealed
        try entry.seal(by: author)
        state.last = try entry.head.digest()
        state.next += 1
        state.identity = author.digest
        state.cumulative = entry.head.cumulative
        if !entry.rows.isEmpty { state.rowsEntry = entry.head.sequence }
        return entry
    }
}
