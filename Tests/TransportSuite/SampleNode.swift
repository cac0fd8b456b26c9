package import EventLoop
import Resolution
package import ResolutionProtocol
package import Transport

/// A node of the transports alone: records and counts in memory, on free ports of loopback addresses.
package final class SampleNode: Sendable {
    package let transport: NodeTransport
    package let ledger = MemoryLedger()
    /// Where steps of TLS handshakes are done.
    package let keys: KeyThread

    /// The prefix of all records.
    package static let prefix = "88.118.8"
    /// How many small records there are: `item(0)` and so on.
    package static let itemCount = 2_000

    /// Starts a node that listens where `settings` says, or on 127.0.0.1 where it says nothing. `prepareWorker` is
    /// called on each worker's thread when it starts, `willLookUp` before each batch is looked up. What is not
    /// resolution goes to `administration`.
    package init(
        _ settings: TransportSettings = TransportSettings(),
        administration: (any AdministrationPort)? = nil,
        prepareWorker: @escaping @Sendable (Int) -> Void = { _ in },
        willLookUp: (@Sendable () -> Void)? = nil
    ) throws {
        var settings = settings
        if settings.listeners.isEmpty { settings.listeners = [ListenerPlan(address: Self.loopback)] }
        let ledger = self.ledger
        keys = try KeyThread()
        transport = try NodeTransport(
            settings: settings,
            listeners: try OpenListeners(settings: settings),
            administration: administration,
            keys: keys
        ) { worker in
            prepareWorker(worker)
            return Self.responder(
                worker: worker,
                ledger: ledger,
                hasAdministration: administration != nil,
                willLookUp: willLookUp
            )
        }
    }

    package static let loopback = SocketAddress(ipv4: 0x7F00_0001, port: 0)

    /// Where the first listener answers.
    package var address: SocketAddress { transport.plans[0].address }

    package func stop(withinNanoseconds: UInt64 = 2_000_000_000) {
        transport.drain(withinNanoseconds: withinNanoseconds)
        keys.stop()
    }

    package func value(_ metric: Metric) -> UInt64 { transport.total(metric) }

    private static func responder(
        worker: Int,
        ledger: MemoryLedger,
        hasAdministration: Bool,
        willLookUp: (@Sendable () -> Void)?
    ) -> Responder {
        var settings = ResponderSettings(
            folding: IdentifierFolding(isSuffixCaseSensitive: false),
            site: SiteInfo(serialNumber: 1, servers: [])
        )
        settings.repeatEntryCount = 65_536
        settings.hasAdministration = hasAdministration
        return Responder(
            settings: settings,
            store: MemoryStore(records, willLookUp: willLookUp),
            authority: Authority(rows: [PrefixRow(prefix: Array(prefix.utf8), state: .homed, number: 1)]),
            ledger: ledger,
            worker: worker
        )
    }

    /// Small record number `number`: its value holds the number.
    package static func item(_ number: Int) -> [UInt8] { Array("\(prefix)/item-\(number)".utf8) }
    /// A record of about 10,000 bytes.
    package static let longItem = Array("\(prefix)/long".utf8)
    /// A record of 250,000 bytes.
    package static let hugeItem = Array("\(prefix)/huge".utf8)
    /// A record of 300 values.
    package static let wideItem = Array("\(prefix)/wide".utf8)

    package static func values(of number: Int) -> [HandleValue] {
        [
            HandleValue(index: 1, type: Array("URL".utf8), data: Array("https://example.org/\(number)".utf8)),
            HandleValue(index: 2, type: Array("DESC".utf8), data: [UInt8](repeating: 0x41, count: 120)),
        ]
    }

    package static let longValues = [HandleValue(index: 1, type: Array("LONG".utf8), data: pattern(10_000))]
    package static let hugeValues = [HandleValue(index: 1, type: Array("HUGE".utf8), data: pattern(250_000))]
    package static let wideValues = (1...300).map {
        HandleValue(index: UInt32($0), type: Array("N".utf8), data: Array("\($0)".utf8))
    }

    private static func pattern(_ byteCount: Int) -> [UInt8] {
        (0..<byteCount).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) }
    }

    private static let records = MemoryRecords(
        (0..<itemCount).map { (item($0), values(of: $0)) }
            + [(longItem, longValues), (hugeItem, hugeValues), (wideItem, wideValues)]
    )
}
