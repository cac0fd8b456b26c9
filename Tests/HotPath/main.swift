import Glibc
import Resolution
import ResolutionProtocol
import StorageLMDB

// Resolves the same few identifiers again and again through responder, store and counters, without sockets, so that
// an instruction counter can be put on it: `hot-path DIRECTORY ROUNDS [BATCH]`. DIRECTORY is made when it is not there.
// The difference of two counts of rounds, divided by the rounds and the batch, is the cost of one resolution.

/// Identifiers in the store; those asked for stay in the cache.
private let identifierCount = 1_000
private let batchCount = CommandLine.arguments.count > 3 ? Int(CommandLine.arguments[3]) ?? 32 : 32

private func name(_ number: Int) -> [UInt8] { Array("88.118.8/JXDY2106\(100_000_000 + number)".utf8) }

private func makeOptions() -> StoreOptions {
    var options = StoreOptions()
    options.mapSizeBytes = 64 << 20
    options.prefixSlots = 64
    options.sourceEntries = 256
    return options
}

/// Makes a store whose records have about 284 bytes of values.
private func fill(_ directory: String) throws {
    try Store.create(directory: directory, options: makeOptions())
    let store = try Store.open(directory: directory, options: makeOptions())
    let prefix = Array("88.118.8".utf8)
    _ = try store.setPrefixes([(prefix: prefix, state: .homed)], unixSeconds: 0, origin: [])
    let values = [
        HandleValue(index: 1, type: Array("URL".utf8), data: [UInt8](repeating: 65, count: 120)),
        HandleValue(index: 2, type: Array("DESC".utf8), data: [UInt8](repeating: 66, count: 105)),
    ]
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

private func run(_ directory: String, rounds: Int) throws -> Int {
    let store = try Store.open(directory: directory, options: makeOptions())
    let settings = ResponderSettings(folding: store.folding, site: SiteInfo(serialNumber: 1, servers: []))
    var responder = Responder(
        settings: settings,
        store: try store.makeReader(),
        authority: Authority(rows: try store.prefixRows()),
        ledger: store.counts,
        worker: 0
    )
    try store.counts.prepareDays(now: Int64(time(nil)))
    var block = WireWriter(capacity: 64 << 10)
    var places: [(offset: Int, byteCount: Int)] = []
    for number in 0..<batchCount {
        let request = Message(
            envelope: Envelope(requestID: UInt32(number + 1)),
            header: Header(opCode: .resolution, expiration: 0),
            body: .resolve(ResolutionRequest(identifier: name(number)))
        ).wire
        places.append((block.count, request.count))
        block.bytes(request)
    }
    var batch = RequestBatch()
    var answers = WireWriter(capacity: 1 << 20)
    var answeredCount = 0
    let source = QuerySource(high: 0, low: 0x0000_FFFF_7F00_0001, prefixLength: 128)
    for round in 0..<rounds {
        batch.removeAll()
        answers.removeAll()
        for index in 0..<batchCount {
            batch.append(
                RequestSlot(
                    offset: places[index].offset,
                    byteCount: places[index].byteCount,
                    origin: .own,
                    isDatagram: true,
                    source: source,
                    port: UInt16(truncatingIfNeeded: round)
                )
            )
        }
        let now = BatchTime(unixSeconds: Int64(time(nil)), nanoseconds: UInt64(round) * 4_000_000_000)
        responder.respond(to: &batch, in: block.bytes, at: now, into: &answers)
        responder.count(batch, started: now, ended: BatchTime(unixSeconds: 0, nanoseconds: now.nanoseconds + 1_000))
        for index in 0..<batch.count where batch.slots[index].responseCode == .success { answeredCount += 1 }
    }
    return answeredCount
}

let arguments = CommandLine.arguments
guard arguments.count >= 3, let rounds = Int(arguments[2]), (1...KeyBatch.capacity).contains(batchCount) else {
    print("usage: hot-path DIRECTORY ROUNDS [BATCH 1...32]")
    exit(64)
}
if access(arguments[1], F_OK) != 0 { try fill(arguments[1]) }
let answeredCount = try run(arguments[1], rounds: rounds)
print("\(answeredCount) of \(rounds * batchCount) resolved")
exit(answeredCount == rounds * batchCount ? 0 : 1)
