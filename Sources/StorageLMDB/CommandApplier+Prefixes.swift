internal import Resolution
internal import ResolutionProtocol

extension CommandApplier {
    /// Sets a prefix on `terms`; a new one gets the next number.
    mutating func set(_ terms: PrefixTerms, _ command: Command) throws(LMDBError) -> CommandOutcome {
        guard let folded = PrefixTable.folded(terms.prefix) else { return .refused(.invalidPrefix) }
        let present = try PrefixTable.row(folded, transaction)
        if let objection = terms.objection(to: present) { return objection }
        let newNumber = numbers.state.lastPrefixNumber + 1
        let row = terms.row(from: present, folded: folded, newNumber: newNumber)
        numbers.state.lastPrefixNumber = max(numbers.state.lastPrefixNumber, row.number)
        return try write(row, command)
    }

    /// Withdraws a prefix: its row stays, as a tombstone.
    mutating func remove(
        prefix: [UInt8],
        evenWithIdentifiers: Bool,
        _ command: Command
    ) throws(LMDBError) -> CommandOutcome {
        guard let folded = PrefixTable.folded(prefix) else { return .refused(.invalidPrefix) }
        guard let row = try PrefixTable.row(folded, transaction), row.state != .withdrawn else { return .absent }
        if !evenWithIdentifiers, try numbers.tally.count(of: folded, transaction) > 0 {
            return .refused(.prefixInUse)
        }
        return try write(row.withdrawn, command)
    }

    private mutating func write(_ row: PrefixRow, _ command: Command) throws(LMDBError) -> CommandOutcome {
        try PrefixTable.put(row, transaction, &writer)
        numbers.identifierCountsMax[row.prefix] = row.identifierCountMax
        let sequence = nextSequence()
        try log(.prefix, sequence, command, of: folding.key(of: row.prefix)) { row.write(to: &$0) }
        return .done(sequence: sequence)
    }

    /// The limit of the prefix of `key`, where one more identifier would pass it; nil: there is room.
    mutating func quotaReached(by key: [UInt8]) throws(LMDBError) -> UInt64? {
        guard let prefix = IdentifierTally.prefix(of: key) else { return nil }
        let countMax: UInt64
        if let known = numbers.identifierCountsMax[prefix] {
            countMax = known
        } else {
            countMax = try PrefixTable.row(prefix, transaction)?.identifierCountMax ?? 0
            numbers.identifierCountsMax[prefix] = countMax
        }
        guard countMax > 0, try numbers.tally.count(of: prefix, transaction) >= countMax else { return nil }
        return countMax
    }
}
