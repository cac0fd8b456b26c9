internal import Console
internal import Resolution

/// One verification of a ledger.
struct LedgerCheckRun {
    /// What is checked, as a person calls it.
    let name: String
    private(set) var verification: LedgerVerification
    /// Days that were recounted; nil: the counts are not at hand.
    private(set) var recountedDayCount: Int?
    /// Queries that were counted for closed days and enter the ledger with the next correction.
    private(set) var lateRequestCount: UInt64 = 0

    private init(name: String, trusted: Set<[UInt8]>, keepsDays: Bool) {
        self.name = name
        verification = LedgerVerification(trusted: trusted, keepsDays: keepsDays)
    }

    /// Of the file at `path`, `-` for standard input.
    static func ofFile(_ path: String, trusted: Set<[UInt8]>) throws(CommandFailure) -> LedgerCheckRun {
        var run = LedgerCheckRun(name: path, trusted: trusted, keepsDays: false)
        let byteCount = try LedgerStream.forEachFound(in: path) { found throws(CommandFailure) in
            try run.take(found)
        }
        run.verification.finish(at: byteCount)
        return run
    }

    /// Of a node's ledger, as it would be exported; with its counts of the same days.
    static func ofNode(_ source: any LedgerSource, trusted: Set<[UInt8]>) throws(CommandFailure) -> LedgerCheckRun {
        guard let state = try source.state() else { throw CommandFailure(.noLedger(source.name), exit: .notFound) }
        var run = LedgerCheckRun(name: source.name, trusted: trusted, keepsDays: true)
        var offset = 0
        try LedgerStream.forEachFrame(of: source, entries: 0..<state.next) { frame throws(CommandFailure) in
            try run.take(.frame(frame, at: offset))
            offset += frame.content.count + LedgerFrame.overheadByteCount
            if Interruption.isRequested { throw .interrupted() }
        }
        run.verification.finish(at: offset)
        try run.recount(source)
        return run
    }

    private mutating func take(_ found: LedgerFrameReader.Found) throws(CommandFailure) {
        do throws(LedgerError) { try verification.take(found) } catch {
            throw CommandFailure(.ledgerUncheckable("\(error)"))
        }
    }

    /// Compares each day, and each prefix over all days, with what the node's tables of counts say.
    private mutating func recount(_ source: any LedgerSource) throws(CommandFailure) {
        var all = LedgerAccount()
        for (day, recorded) in verification.byDay.sorted(by: { $0.key < $1.key }) {
            if Interruption.isRequested { throw .interrupted() }
            let report = try source.counts(of: day)
            let account = LedgerAccount(report.totals, prefixes: report.prefixes)
            compare(account, with: recorded, day)
            for (key, pair) in account.pairs {
                all.pairs[key, default: LedgerAccount.Pair()].received &+= pair.received
                all.pairs[key, default: LedgerAccount.Pair()].found &+= pair.found
            }
        }
        for row in verification.rows {
            let pair = all.pairs[row.key] ?? LedgerAccount.Pair()
            guard row.receivedSoFar > pair.received || row.foundSoFar > pair.found else { continue }
            let name = row.key.prefix.isEmpty ? "*" : String(decoding: row.key.prefix, as: UTF8.self)
            verification.note(
                LedgerFinding(.recount, entry: nil, day: nil, field: "row \(name) \(row.key.origin.name)", offset: 0)
            )
        }
        recountedDayCount = verification.byDay.count
    }

    /// Counters only grow: what the ledger has, the tables have; what they have beyond it is late.
    private mutating func compare(_ account: LedgerAccount, with recorded: LedgerCounts, _ day: CountDay) {
        var counts = LedgerCounts()
        for (key, pair) in account.pairs {
            try? counts.add(received: pair.received, found: pair.found, of: key.origin)
        }
        for origin in OriginClass.allCases {
            let isLess =
                counts.received(origin) < recorded.received(origin) || counts.found(origin) < recorded.found(origin)
            if isLess {
                verification.note(
                    LedgerFinding(.recount, entry: nil, day: day, field: "received-\(origin.name)", offset: 0)
                )
            } else {
                lateRequestCount &+= counts.received(origin) - recorded.received(origin)
            }
        }
    }
}
