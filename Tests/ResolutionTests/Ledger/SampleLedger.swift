import Cryptography
import ResolutionProtocol
import Testing

@testable import Resolution

/// A small ledger as a file, and where its entries lie.
struct SampleLedger {
    static let key = try? PrivateKey.generate(.ed25519)
    static let firstDay = CountDay(number: 20_779)

    /// Entry by entry: identity, three days (the second without queries), a correction of the first.
    var entries: [LedgerEntry] = []
    private var pen: LedgerPen
    private var rows: [LedgerRow] = []

    init(key: PrivateKey? = SampleLedger.key) throws {
        pen = LedgerPen(author: try Self.author(key), state: LedgerState(firstDay: Self.firstDay))
        entries.append(try pen.identify(unixSeconds: 1))
    }

    static func author(_ key: PrivateKey?, prefix: String = "88.118") throws -> LedgerAuthor {
        try LedgerAuthor(key: try #require(key), store: Array(1...16), prefix: Array(prefix.utf8))
    }

    static func standard() throws -> SampleLedger {
        var ledger = try SampleLedger()
        try ledger.close(account(external: 7, found: 5, own: 2))
        try ledger.close(LedgerAccount())
        try ledger.close(account(external: 100, found: 90, own: 0))
        try ledger.correct(firstDay, by: account(external: 1, found: 1, own: 0))
        return ledger
    }

    /// Queries of a day, from two networks, for two prefixes.
    static func account(external: UInt64, found: UInt64, own: UInt64) -> LedgerAccount {
        var account = LedgerAccount()
        var totals = DayTotals(day: firstDay)
        var words = [UInt64](repeating: 0, count: CountSlot.usedWordCount)
        words[CountSlot.receivedWord] = external
        words[CountSlot.foundWord] = found
        words[CountSlot.receivedWord + Int(OriginClass.own.rawValue)] = own
        totals.byPrefix[1] = CountTotals(words: words)
        totals.byPrefix[0] = CountTotals(words: [1])
        totals.sources = [
            SourceTotal(source: source(0x0102_0304, 128), origin: .external, count: external),
            SourceTotal(source: source(0x0102_0399, 128), origin: .external, count: 1),
            SourceTotal(
                source: QuerySource(high: 0x2001_0DB8_0000_01FF, low: 9, prefixLength: 128),
                origin: .own,
                count: own
            ),
        ]
        account = LedgerAccount(totals, prefixes: [PrefixRow(prefix: Array("88.118.8".utf8), state: .homed, number: 1)])
        return account
    }

    static func source(_ address: UInt64, _ length: UInt8) -> QuerySource {
        QuerySource(high: 0, low: 0xFFFF_0000_0000 | address, prefixLength: length)
    }

    mutating func close(_ account: LedgerAccount) throws {
        try add(try pen.close(account, before: rows, unixSeconds: Int64(entries.count)))
    }

    mutating func correct(_ day: CountDay, by account: LedgerAccount) throws {
        try add(try pen.correct(day, by: account, before: rows, unixSeconds: Int64(entries.count)))
    }

    /// Goes on with another key or name.
    mutating func goOn(by author: LedgerAuthor) throws {
        pen = LedgerPen(author: author, state: pen.state)
        #expect(pen.needsIdentity)
        entries.append(try pen.identify(unixSeconds: 9))
    }

    private mutating func add(_ entry: LedgerEntry) throws {
        entries.append(entry)
        if !entry.rows.isEmpty { rows = entry.rows }
    }

    var state: LedgerState { pen.state }

    /// The frames of the file with the entries from `first` on.
    func frames(from first: Int = 0) -> [LedgerFrame] {
        var frames = [LedgerFrame(.fileHead, LedgerFileHead(first: UInt64(first)))]
        frames += entries.compactMap(\.identity).map { LedgerFrame(.identity, $0) }
        for entry in entries.dropFirst(first) { entry.forEachFrame { frames.append($0) } }
        return frames + [LedgerFrame(.fileEnd, LedgerFileEnd(entryCount: UInt64(entries.count - first)))]
    }

    func bytes(from first: Int = 0) -> [UInt8] { frames(from: first).flatMap(\.bytes) }
}

extension LedgerVerification {
    /// What comes of reading `bytes` in pieces of `pieceByteCount`.
    static func of(
        _ bytes: [UInt8],
        trusted: Set<[UInt8]> = [],
        pieceByteCount: Int = 1_000
    ) throws -> LedgerVerification {
        var verification = LedgerVerification(trusted: trusted, keepsDays: true)
        var reader = LedgerFrameReader()
        var rest = bytes[...]
        repeat {
            reader.append(Array(rest.prefix(pieceByteCount)))
            rest = rest.dropFirst(pieceByteCount)
            while let found = reader.next(isLast: rest.isEmpty) { try verification.take(found) }
        } while !rest.isEmpty
        verification.finish(at: reader.place)
        return verification
    }
}
