import Resolution
import ResolutionProtocol

/// A responder with the sample registry, in memory.
final class FuzzResponder {
    /// A request as it comes in.
    struct Request {
        var bytes: [UInt8]
        var isDatagram: Bool
    }

    private static let store = SampleRegistry.store(IdentifierFolding(isSuffixCaseSensitive: false))
    private static let ledger = MemoryLedger(slotCount: 4, sourceCount: 16)
    private static let time = BatchTime(unixSeconds: 1_700_000_000, nanoseconds: 5_000_000_000)

    private var responder: Responder
    private var batch = RequestBatch()
    private var writer = WireWriter(capacity: 64)

    /// `manner`: bit 0, what needs more than a look-up is left to administration; bit 1, also over UDP.
    init(manner: UInt8) {
        var settings = ResponderSettings(
            folding: IdentifierFolding(isSuffixCaseSensitive: false),
            site: SampleRegistry.site
        )
        settings.repeatEntryCount = 16
        settings.hasAdministration = manner & 1 != 0
        settings.isAdministeredOverUDP = manner & 2 != 0
        responder = Responder(
            settings: settings,
            store: Self.store,
            authority: Authority(rows: Self.store.prefixRows()),
            ledger: Self.ledger,
            worker: 0
        )
    }

    func answers(to requests: [Request]) -> [(Request, RequestSlot, [UInt8])] {
        let block = requests.flatMap(\.bytes)
        var offset = 0
        for request in requests {
            let slot = RequestSlot(
                offset: offset,
                byteCount: request.bytes.count,
                origin: .external,
                isDatagram: request.isDatagram,
                source: QuerySource(high: 0, low: 0xFFFF_C000_0201, prefixLength: 128),
                port: 40_000
            )
            batch.append(slot)
            offset += request.bytes.count
        }
        responder.respond(to: &batch, in: block.span.bytes, at: Self.time, into: &writer)
        responder.count(batch, started: Self.time, ended: Self.time)
        return requests.enumerated().map { number, request in
            let slot = batch.slots[number]
            let answer = UnsafeRawBufferPointer(
                start: writer.address(of: slot.answerOffset),
                count: slot.answerByteCount
            )
            return (request, slot, Array(answer))
        }
    }
}
