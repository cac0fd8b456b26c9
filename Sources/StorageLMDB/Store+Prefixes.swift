public import Resolution
internal import ResolutionProtocol

extension Store {
    /// All prefixes of this node, in the order of their names.
    public func prefixRows() throws(StoreError) -> [PrefixRow] {
        try Self.lmdb(paths.dataFile, "read prefixes") { () throws(LMDBError) in
            try environment.read { transaction throws(LMDBError) in try PrefixTable.rows(transaction) }
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
                Command(.setPrefix(prefix: $0.prefix, state: $0.state), unixSeconds: unixSeconds, origin: origin)
            }
        )
    }
}
