import Resolution
import ResolutionProtocol

final class OneRecordStore: RecordStore {
    private let lookups = UnsafeMutablePointer<RecordLookup>.allocate(capacity: KeyBatch.capacity)
    private let bytes: UnsafeMutableRawPointer
    private let count: Int
    init(record: [UInt8]) {
        bytes = .allocate(byteCount: record.count, alignment: 8)
        let b = bytes
        record.withUnsafeBytes { b.copyMemory(from: $0.baseAddress!, byteCount: $0.count) }
        count = record.count
    }
    func withRecords(of keys: borrowing KeyBatch, _ body: (borrowing RecordBatch) -> Void) {
        for i in 0..<keys.count {
            lookups[i] = RecordLookup(status: .found, address: UnsafeRawPointer(bytes), byteCount: count)
        }
        body(RecordBatch(lookups: lookups, count: keys.count, owner: self))
    }
}
final class Ledger: CountLedger {
    let page: CountPage
    init() {
        let n = CountPage.byteCount(slotCount: 16, sourceCount: 1024)
        let p = UnsafeMutableRawPointer.allocate(byteCount: n, alignment: 4096)
        p.initializeMemory(as: UInt8.self, repeating: 0, count: n)
        page = CountPage(at: p, day: CountDay(number: 20000), worker: 0, slotCount: 16, sourceCount: 1024)!
    }
    func page(worker: Int, day: CountDay) -> CountPage? { page }
    func totals(of day: CountDay) throws(ChangeLogError) -> DayTotals { DayTotals(day: day) }
    func days() throws(ChangeLogError) -> [CountDay] { [] }
}
let rounds = CommandLine.arguments.count > 1 ? Int(CommandLine.arguments[1])! : 1000
let values = [
    HandleValue(index: 1, type: Array("URL".utf8), data: Array(repeating: 65, count: 100)),
    HandleValue(index: 2, type: Array("DESC".utf8), data: Array(repeating: 66, count: 100)),
]
var record = WireWriter(capacity: 1000)
let name = Array("88.118.8/JXDY2106023000001".utf8)
StoredRecord.write(name: name, key: name, sequence: 1, values: values, to: &record)
let store = OneRecordStore(record: [UInt8](record.bytes))
let settings = ResponderSettings(
    folding: IdentifierFolding(isSuffixCaseSensitive: false),
    site: SiteInfo(serialNumber: 1, servers: [])
)
var responder = Responder(
    settings: settings,
    store: store,
    authority: Authority(rows: [PrefixRow(prefix: Array("88.118.8".utf8), state: .homed, number: 1)]),
    ledger: Ledger(),
    worker: 0
)
var request = Message(
    envelope: Envelope(requestID: 1),
    header: Header(opCode: .resolution, expiration: 0),
    body: .resolve(ResolutionRequest(identifier: name))
)
var block = WireWriter(capacity: 32 * 2048)
let wire = request.wire
for _ in 0..<32 { block.bytes(wire) }
var batch = RequestBatch()
var out = WireWriter(capacity: 1 << 20)
var sum = 0
for r in 0..<rounds {
    batch.removeAll()
    out.removeAll()
    for i in 0..<32 {
        batch.append(
            RequestSlot(
                offset: i * wire.count,
                byteCount: wire.count,
                origin: .own,
                isDatagram: true,
                source: QuerySource(high: 0, low: 0x0000_FFFF_7F00_0001, prefixLength: 128),
                port: UInt16(r & 0xFFFF)
            )
        )
    }
    let t = BatchTime(unixSeconds: 1_700_000_000, nanoseconds: UInt64(r) * 1_000_000_000)
    responder.respond(to: &batch, in: block.bytes, at: t, into: &out)
    responder.count(batch, started: t, ended: BatchTime(unixSeconds: 0, nanoseconds: t.nanoseconds + 1000))
    sum += batch.slots[31].answerByteCount
}
print(sum, out.count, batch.slots[0].responseCode.rawValue)
