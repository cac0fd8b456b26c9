import Glibc
import Resolution
import ResolutionProtocol
import StorageLMDB

/// A store of 1,000 identifiers, whose records have about 284 bytes of values, and what is asked of it: a batch of
/// requests for a few of them, which stay in the processor's cache.
struct SampleStore {
    private static let identifierCount = 1_000

    let store: Store

    /// Opens the store in `directory`, which is made where it is not there; its index of hints is full, or there is
    /// none.
    init(directory: String, hasIndex: Bool = true) throws {
        if access(directory, F_OK) != 0 { try Self.fill(directory) }
        var options = Self.options
        if hasIndex {
            options.index = HintIndexOptions()
            options.index?.capacity = 2 * Self.identifierCount
        }
        store = try Store.open(directory: directory, options: options)
        store.fillIndex()
        try store.counts.prepareDays(now: Int64(time(nil)))
    }

    static func name(_ number: Int) -> [UInt8] { Array("88.118.8/JXDY2106\(100_000_000 + number)".utf8) }

    /// A worker's responder.
    func responder() throws -> Responder {
        Responder(
            settings: ResponderSettings(folding: store.folding, site: SiteInfo(serialNumber: 1, servers: [])),
            store: try store.makeReader(),
            authority: Authority(rows: try store.prefixRows()),
            ledger: store.counts,
            worker: 0
        )
    }

    /// A worker's responder to which the identifiers are another node's, and which has the first `count` of them in its
    /// answer cache.
    func recursiveResponder(count: Int) throws -> Responder {
        let loopback = QuerySource(high: 0, low: 0x0000_FFFF_7F00_0000, prefixLength: 104)
        let responder = Responder(
            settings: ResponderSettings(folding: store.folding, site: SiteInfo(serialNumber: 1, servers: [])),
            store: try store.makeReader(),
            authority: Authority(rows: []),
            ledger: store.counts,
            worker: 0,
            recursion: RecursionAccess(allowed: [loopback], cacheByteCount: 1 << 20)
        )
        for number in 0..<count {
            let question = RecursionQuestion(identifier: Self.name(number))
            var writer = WireWriter(capacity: 512)
            let key = question.key
            StoredRecord.write(name: key, key: key, sequence: 0, values: Self.values, to: &writer)
            let found = RecursionOutcome.Finding.found(record: [UInt8](writer.bytes))
            responder.keep(
                RecursionOutcome(question, found, lifetimeSeconds: 172_800),
                at: BatchTime(unixSeconds: 0, nanoseconds: 0)
            )
        }
        return responder
    }

    /// A request for one of the identifiers, as it comes from the wire.
    static func request(_ number: Int) -> [UInt8] {
        Message(
            envelope: Envelope(requestID: UInt32(number + 1)),
            header: Header(opCode: .resolution, expiration: 0),
            body: .resolve(ResolutionRequest(identifier: name(number)))
        ).wire
    }

    private static var options: StoreOptions {
        var options = StoreOptions()
        options.mapSizeBytes = 64 << 20
        options.prefixSlots = 64
        options.sourceEntries = 256
        return options
    }

    private static func fill(_ directory: String) throws {
        try Store.create(directory: directory, options: options)
        let store = try Store.open(directory: directory, options: options)
        let prefix = Array("88.118.8".utf8)
        _ = try store.setPrefixes([(prefix: prefix, state: .homed)], unixSeconds: 0, origin: [])
        let commands = try (0..<identifierCount).map {
            Command(
                .put(name: try Identifier(name($0)), values: values, expecting: .anything),
                unixSeconds: 0,
                origin: []
            )
        }
        _ = try store.apply(commands)
        store.close()
    }

    static let values = [
        HandleValue(index: 1, type: Array("URL".utf8), data: [UInt8](repeating: 65, count: 120)),
        HandleValue(index: 2, type: Array("DESC".utf8), data: [UInt8](repeating: 66, count: 105)),
    ]
}

/// A batch of requests as it lies in a worker's memory when it has come.
struct RequestBlock: ~Copyable {
    private var block = WireWriter(capacity: 64 << 10)
    private var places: [(offset: Int, byteCount: Int)] = []

    init(count: Int) {
        for number in 0..<count {
            let request = SampleStore.request(number)
            places.append((block.count, request.count))
            block.bytes(request)
        }
    }

    var bytes: RawSpan {
        @_lifetime(borrow self)
        get { block.bytes }
    }

    /// Puts all of them into a batch, as from one port; those that are not `taken` are left out.
    func fill(_ batch: inout RequestBatch, port: UInt16, taken: (_ byteCount: Int) -> Bool = { _ in true }) {
        batch.removeAll()
        let source = QuerySource(high: 0, low: 0x0000_FFFF_7F00_0001, prefixLength: 128)
        for place in places where taken(place.byteCount) {
            batch.append(
                offset: place.offset,
                byteCount: place.byteCount,
                origin: .own,
                isDatagram: true,
                source: source,
                port: port
            )
        }
    }
}
