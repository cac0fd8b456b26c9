import Resolution
import ResolutionProtocol
import Testing

@testable import Transport

/// What the guardian's thread does with what its guardian says.
struct GuardianRunTests {
    /// A run whose probes, clock, store and file are the test's.
    private final class Bench {
        let store = OneRecord()
        var rows: [PrefixRow]? = [PrefixRow(prefix: Array("88.118.7".utf8), state: .delegated, number: 1)]
        var living: Set<UInt8> = [1, 2]
        var recorded: [GuardianEvent] = []
        var refusal: String?
        var published: [SilentSites] = []
        var seconds: UInt64 = 0
        /// Probes that nothing came of yet.
        var open: [(WatchedAddress, (ProbeOutcome) -> Void)] = []
        var isSlow = false
        lazy var run = makeRun()

        private func makeRun() -> GuardianRun {
            GuardianRun(
                RouteGuardian(settings: GuardianSettings(), at: now),
                delegations: DelegatedSites(store: store) { [unowned self] in rows },
                ports: GuardianRun.Ports(
                    probe: { [unowned self] address, then in probe(address, then) },
                    record: { [unowned self] in record($0) },
                    publish: { [unowned self] in published.append($0) },
                    now: { [unowned self] in now },
                    draw: { 0 }
                )
            )
        }

        private var now: BatchTime {
            BatchTime(unixSeconds: 1_700_000_000 + Int64(seconds), nanoseconds: (1_000 + seconds) * 1_000_000_000)
        }

        private func probe(_ address: WatchedAddress, _ then: @escaping (ProbeOutcome) -> Void) {
            guard !isSlow else { return open.append((address, then)) }
            then(living.contains(address.server.address[15]) ? .answered : .failed(.silent))
        }

        private func record(_ events: [GuardianEvent]) -> String? {
            if refusal == nil { recorded += events }
            return refusal
        }

        func pass(_ count: UInt64) {
            for _ in 0..<count {
                run.tick()
                seconds += 1
            }
        }
    }

    /// A store of one record, that of 88.118.7, with a site for each of two servers.
    private final class OneRecord: RecordStore {
        var isReadable = true
        private let address: UnsafeMutableRawPointer
        private let byteCount: Int
        private let lookup = UnsafeMutablePointer<RecordLookup>.allocate(capacity: 1)

        init() {
            let name = Array("0.NA/88.118.7".utf8)
            let values = [1, 2].map { number in
                HandleValue(index: UInt32(number), type: ValueType.site, data: Self.site(UInt8(number)))
            }
            var writer = WireWriter(capacity: 512)
            StoredRecord.write(name: name, key: name, sequence: 1, values: values, to: &writer)
            let bytes = [UInt8](writer.bytes)
            byteCount = bytes.count
            address = .allocate(byteCount: bytes.count, alignment: 8)
            address.copyMemory(from: bytes, byteCount: bytes.count)
        }

        deinit {
            address.deallocate()
            lookup.deallocate()
        }

        private static func site(_ number: UInt8) -> [UInt8] {
            let interfaces = [ServerInterface(kind: .both, transport: .tcp, port: 2_641)]
            let address = [UInt8](repeating: 0, count: 12) + [192, 0, 2, number]
            return SiteInfo(
                serialNumber: 1,
                servers: [SiteServer(serverID: 1, address: address, interfaces: interfaces)]
            ).wire
        }

        func withRecords(of keys: borrowing KeyBatch, _ body: (borrowing RecordBatch) -> Void) {
            lookup.initialize(
                to: isReadable
                    ? RecordLookup(status: .found, address: address, byteCount: byteCount)
                    : RecordLookup(status: .unavailable)
            )
            body(RecordBatch(lookups: lookup, count: 1, owner: self))
        }
    }

    @Test func whatIsDeadIsRecordedBeforeItIsPublished() {
        let bench = Bench()
        bench.pass(2)
        #expect(bench.published.map(\.count) == [0])
        bench.living = [2]
        bench.pass(60)
        #expect(bench.recorded.map(\.kind) == [.abnormal])
        #expect(bench.published.map(\.count).last == 1)
        bench.living = [1, 2]
        bench.pass(60)
        #expect(bench.recorded.map(\.kind) == [.abnormal, .recovered])
        #expect(bench.published.last?.isEmpty == true)
        #expect(bench.run.figures.eventCounts == [.abnormal: 1, .recovered: 1])
    }

    @Test func whileEventsCannotBeWrittenNothingIsPublishedAndNoneIsLost() {
        let bench = Bench()
        bench.pass(2)
        bench.refusal = "the disk is full"
        bench.living = []
        bench.pass(300)
        #expect(bench.recorded.isEmpty && bench.published.last?.isEmpty == true)
        let figures = bench.run.figures
        #expect(figures.unrecordedCount >= 1 && figures.unrecordedCount <= 2)
        #expect(figures.recordFailure == "the disk is full" && figures.recordFailureCount > 100)
        bench.refusal = nil
        bench.pass(60)
        #expect(bench.recorded.map(\.kind) == [.abnormal, .abnormal])
        #expect(bench.published.last?.count == 2)
        #expect(bench.run.figures.unrecordedCount == 0 && bench.run.figures.recordFailure == nil)
    }

    @Test func whatCannotBeReadStaysAsItWas() {
        let bench = Bench()
        bench.living = [2]
        bench.pass(60)
        bench.store.isReadable = false
        bench.pass(100)
        bench.store.isReadable = true
        bench.rows = nil
        bench.pass(100)
        #expect(bench.recorded.count == 1 && bench.run.watched.count == 2)
        #expect(bench.run.figures.unreadableCount >= 4)
        bench.rows = []
        bench.pass(40)
        #expect(bench.recorded.map(\.kind) == [.abnormal, .unwatched] && bench.run.watched.isEmpty)
        #expect(bench.published.last?.isEmpty == true)
    }

    @Test func aGuardianThatIsTurnedOffEndsItsEvents() {
        let bench = Bench()
        bench.living = [2]
        bench.pass(60)
        var settings = GuardianSettings()
        settings.isEnabled = false
        bench.run.settle(settings)
        bench.pass(2)
        #expect(bench.recorded.map(\.kind) == [.abnormal, .unwatched])
        #expect(bench.published.last?.isEmpty == true && bench.run.watched.isEmpty)
        settings.isEnabled = true
        bench.run.settle(settings)
        bench.pass(60)
        #expect(bench.recorded.map(\.kind) == [.abnormal, .unwatched, .abnormal])
    }

    @Test func anAddressIsProbedOnceAtATime() {
        let bench = Bench()
        bench.isSlow = true
        bench.pass(200)
        #expect(bench.open.count == 2 && bench.run.figures.underWayCount == 2)
        for (_, then) in bench.open { then(.untold) }
        #expect(bench.run.figures.untoldCount == 2 && bench.run.figures.underWayCount == 0)
    }
}
