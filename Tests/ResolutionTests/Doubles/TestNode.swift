import Resolution
import ResolutionProtocol

/// What a responder made of one request.
struct Reply {
    /// Its answer; empty: silence.
    var bytes: [UInt8]
    /// What its slot says afterwards.
    var slot: RequestSlot

    /// The answer, decoded.
    var message: Message? { try? Message(wire: bytes) }

    var code: ResponseCode { slot.responseCode }
}

/// A responder with everything it needs, in memory.
final class TestNode {
    static let now = BatchTime(unixSeconds: 1_700_000_000, nanoseconds: 5_000_000_000)
    static let serial: UInt16 = 5

    let store: LentRecords
    let ledger: MemoryLedger
    let settings: ResponderSettings
    private var responder: Responder
    private var batch = RequestBatch()
    private var writer: WireWriter

    init(
        settings: ResponderSettings = TestNode.settings(),
        rows: [PrefixRow] = [],
        ledger: MemoryLedger = MemoryLedger(),
        writerByteCountMax: Int = 16 * 1_048_576,
        recursion: RecursionAccess = RecursionAccess(allowed: [], cacheByteCount: 0)
    ) {
        self.settings = settings
        self.ledger = ledger
        store = LentRecords(folding: settings.folding)
        responder = Responder(
            settings: settings,
            store: store,
            authority: Authority(rows: rows),
            ledger: ledger,
            worker: 0,
            recursion: recursion
        )
        writer = WireWriter(capacity: 64, byteCountMax: writerByteCountMax)
    }

    static func settings(
        isSuffixCaseSensitive: Bool = false,
        isPrimary: Bool = true,
        serverCount: Int = 1,
        hashOption: SiteInfo.HashOption = .byAll
    ) -> ResponderSettings {
        let servers = (0..<serverCount).map { number in
            SiteServer(
                serverID: UInt32(number + 1),
                address: [UInt8](repeating: 0, count: 12) + [127, 0, 0, UInt8(number + 1)],
                interfaces: [ServerInterface(kind: .query, transport: .udp, port: 2_641)]
            )
        }
        let site = SiteInfo(serialNumber: serial, isPrimary: isPrimary, hashOption: hashOption, servers: servers)
        var settings = ResponderSettings(
            folding: IdentifierFolding(isSuffixCaseSensitive: isSuffixCaseSensitive),
            site: site
        )
        settings.repeatEntryCount = 4_096
        return settings
    }

    /// Answers `requests`, at most 32, as one batch; counts them when `latency` is given.
    func replies(to requests: [Asked], at time: BatchTime = TestNode.now, latency: UInt64? = nil) -> [Reply] {
        let block = requests.flatMap(\.bytes)
        return replies(to: requests, in: block.span.bytes, at: time, latency: latency)
    }

    /// The same, with the requests' bytes lying back to back in `block`.
    func replies(
        to requests: [Asked],
        in block: RawSpan,
        at time: BatchTime = TestNode.now,
        latency: UInt64? = nil
    ) -> [Reply] {
        batch.removeAll()
        writer.removeAll()
        var offset = 0
        for request in requests {
            batch.append(
                offset: offset,
                byteCount: request.bytes.count,
                origin: request.origin,
                isDatagram: request.isDatagram,
                source: request.source,
                port: request.port
            )
            offset += request.bytes.count
        }
        responder.respond(to: &batch, in: block, at: time, into: &writer)
        if let latency {
            let ended = BatchTime(unixSeconds: time.unixSeconds, nanoseconds: time.nanoseconds + latency)
            responder.count(batch, started: time, ended: ended)
        }
        return (0..<batch.count).map { reply(of: batch.slots[$0]) }
    }

    func reply(to request: Asked, at time: BatchTime = TestNode.now, latency: UInt64? = nil) -> Reply {
        replies(to: [request], at: time, latency: latency)[0]
    }

    func reply(to message: Message) -> Reply { reply(to: Asked(message)) }

    /// Leaves these sites out of referrals.
    func adopt(_ silentSites: SilentSites) { responder.adopt(silentSites) }

    /// Takes in what recursion found.
    func keep(_ outcome: RecursionOutcome, at time: BatchTime = TestNode.now) { responder.keep(outcome, at: time) }

    /// Answers a request that was left to recursion with what that found, and counts it.
    func lateReply(
        to request: Asked,
        _ slot: RequestSlot,
        with outcome: RecursionOutcome?,
        at time: BatchTime = TestNode.now
    ) -> Reply {
        writer.removeAll()
        var slot = slot
        let block = request.bytes
        if let outcome {
            responder.answer(&slot, with: outcome, in: block.span.bytes, at: time, into: &writer)
        } else {
            responder.refuseRecursion(&slot, in: block.span.bytes, at: time, into: &writer)
        }
        responder.countLate(slot, started: TestNode.now, ended: time)
        return reply(of: slot)
    }

    /// What its answer cache has done.
    var cacheFigures: AnswerCacheFigures { responder.cacheFigures }

    private func reply(of slot: RequestSlot) -> Reply {
        guard slot.answerByteCount > 0 else { return Reply(bytes: [], slot: slot) }
        let answer = UnsafeRawBufferPointer(start: writer.address(of: slot.answerOffset), count: slot.answerByteCount)
        return Reply(bytes: Array(answer), slot: slot)
    }
}
