import Cryptography
import Resolution
import ResolutionProtocol
import Testing

@testable import StorageLMDB

/// A store whose ledger is kept, with a clock of its own and a plain account of what was counted.
final class LedgerBench {
    static let key = try? PrivateKey.generate(.ed25519)
    static let closeAfterSeconds: Int64 = 600
    static let prefixes = ["88.1", "88.2", "88.3"]

    let directory: TemporaryDirectory
    private(set) var store: Store
    var now: Int64
    /// What was counted, by day.
    private(set) var account: [CountDay: LedgerAccount] = [:]
    private let events = EventBox()
    private let options: StoreOptions

    /// A new store at a moment.
    init(now: Int64) throws {
        directory = try TemporaryDirectory()
        var options = smallOptions
        options.workers = 2
        options.index = nil
        self.options = options
        self.now = now
        store = try makeStore(directory, options)
        let rows = Self.prefixes.map { (prefix: Array($0.utf8), state: PrefixRow.State.homed) }
        _ = try store.setPrefixes(rows, unixSeconds: 1, origin: [])
        try start()
    }

    var today: CountDay { CountDay(unixSeconds: now) }

    private func start() throws {
        let author = try LedgerAuthor(
            key: try #require(Self.key),
            store: store.uuid,
            prefix: Array("88".utf8)
        )
        store.ledger.keep(by: author, closeAfterSeconds: Self.closeAfterSeconds) { [events] in events.note($0) }
        try store.counts.start(now: now)
    }

    /// The process is gone without a last word, and comes again.
    func crash() throws {
        // A data directory is one process's: the old store must let go first.
        let parking = try TemporaryDirectory()
        store = try makeStore(parking, options)
        store = try Store.open(directory: directory.path, options: options)
        try start()
    }

    /// Counts queries of today, in the pages alone.
    func count(_ queries: Int, worker: Int, prefix: Int, origin: OriginClass, isFound: Bool) throws {
        let page = try #require(store.counts.page(worker: worker, day: today))
        let name = prefix == 0 ? [] : Array(Self.prefixes[prefix - 1].utf8)
        let source = QuerySource(high: 0, low: 0xFFFF_0000_0000 | UInt64(prefix) << 8, prefixLength: 120)
        for _ in 0..<queries {
            page.note(prefix: prefix, origin: origin, isFound: isFound, latencyNanoseconds: 1, secondOfDay: 1)
            page.note(source: source, hash: UInt64(prefix) &* 77, origin: origin)
        }
        guard queries > 0 else { return }
        let key = LedgerRow.Key(prefix: name, origin: origin)
        account[today, default: LedgerAccount()].add(
            LedgerRow(
                key,
                received: UInt64(queries),
                found: isFound ? UInt64(queries) : 0,
                receivedSoFar: 0,
                foundSoFar: 0
            )
        )
        account[today, default: LedgerAccount()].add(
            LedgerSourceRow(LedgerSourceRow.Key(network: source, origin: origin), count: UInt64(queries))
        )
    }

    /// What the writer thread does in a minute.
    func prepare() throws { try store.counts.prepareDays(now: now) }

    func fold() throws {
        // Sources go with every sixtieth fold.
        for _ in 0..<60 { try store.counts.fold(now: now) }
    }

    /// Makes all entries that are due.
    func makeDue() throws { while try store.ledger.makeDue(now: now) {} }

    func failures() -> [String] { events.failures }

    /// The stored ledger as an auditor gets it.
    func verification() throws -> LedgerVerification {
        var verification = LedgerVerification(keepsDays: true)
        var reader = LedgerFrameReader()
        reader.append(LedgerFrame(.fileHead, LedgerFileHead(first: 0)).bytes)
        var place: LedgerPlace? = LedgerPlace(entry: 0)
        while let current = place {
            let (bytes, next) = try store.ledgerFrames(from: current, byteCount: 1)
            reader.append(bytes)
            place = next
            while let found = reader.next(isLast: false) { try verification.take(found) }
        }
        let count = try store.ledgerState()?.next ?? 0
        reader.append(LedgerFrame(.fileEnd, LedgerFileEnd(entryCount: count)).bytes)
        while let found = reader.next(isLast: true) { try verification.take(found) }
        verification.finish(at: reader.place)
        return verification
    }
}

/// What the keeper told.
private final class EventBox: @unchecked Sendable {
    // Sendable: the tests are the writer thread here.
    var failures: [String] = []

    func note(_ event: LedgerEvent) {
        if case .failed(let reason) = event { failures.append(reason) }
    }
}
