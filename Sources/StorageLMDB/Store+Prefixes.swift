public import Resolution
internal import ResolutionProtocol

extension Store {
    /// All prefixes of this node, in the order of their names.
    public func prefixRows() throws(StoreError) -> [PrefixRow] {
        try Self.lmdb(paths.dataFile, "read prefixes") { () throws(LMDBError) in
            try environment.read { transaction throws(LMDBError) in try PrefixTable.rows(transaction) }
        }
    }

    /// How many identifiers each prefix of this node has, by its number; records of prefixes (`0.NA/…`) do not count.
    public func identifierCounts() throws(StoreError) -> [UInt32: UInt64] {
        try Self.lmdb(paths.dataFile, "count identifiers") { () throws(LMDBError) in
            try environment.read { transaction throws(LMDBError) in
                let counts = try IdentifierTable.counts(transaction)
                let rows = try PrefixTable.rows(transaction)
                return Dictionary(rows.map { ($0.number, counts[$0.prefix] ?? 0) }) { first, _ in first }
            }
        }
    }

    /// How many identifiers `prefix` has; 0 where it is not known or not one.
    public func identifierCount(of prefix: [UInt8]) throws(StoreError) -> UInt64 {
        guard let folded = PrefixTable.folded(prefix) else { return 0 }
        return try Self.lmdb(paths.dataFile, "count identifiers") { () throws(LMDBError) in
            try environment.read { transaction throws(LMDBError) in
                guard transaction.tables.areComplete,
                    let count = try IdentifierTable.count(of: folded, transaction)
                else { return try IdentifierTable.recount(folded, transaction) }
                return count
            }
        }
    }

    /// Carries out `commands` in one transaction, without the writer thread; for offline tools.
    ///
    /// Durable when it returns. Outcomes come in the order of the commands.
    public func apply(_ commands: [Command]) throws(StoreError) -> [CommandOutcome] {
        try Self.lmdb(paths.dataFile, "write") { () throws(LMDBError) in
            try environment.write { transaction throws(LMDBError) in
                var applier = try CommandApplier(transaction, format: format)
                var outcomes: [CommandOutcome] = []
                for command in commands { outcomes.append(try applier.apply(command)) }
                try applier.finish()
                return outcomes
            }
        }
    }

    /// Homes or delegates prefixes in one transaction; for offline tools. `unixSeconds` and `origin` go to the log.
    public func setPrefixes(
        _ prefixes: [(prefix: [UInt8], state: PrefixRow.State)],
        unixSeconds: UInt64,
        origin: [UInt8]
    ) throws(StoreError) -> [CommandOutcome] {
        try apply(
            prefixes.map {
                let terms = PrefixTerms(prefix: $0.prefix, state: $0.state)
                return Command(.setPrefix(terms), unixSeconds: unixSeconds, origin: origin)
            }
        )
    }
}
