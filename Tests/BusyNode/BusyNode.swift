internal import EventLoop
internal import Glibc
internal import Resolution
internal import ResolutionProtocol
internal import StorageLMDB
internal import Synchronization
internal import Transport

/// A node that writes to itself while it answers, for cases that need both loads at once; ends with SIGTERM.
///
///     busy-node serve   DIRECTORY WRITES   answers, and makes so many changes a second; prints where it listens
///     busy-node compare SOURCE RESTORED    whether RESTORED holds what SOURCE held at RESTORED's newest change
@main
enum BusyNode {
    static func main() {
        let arguments = CommandLine.arguments
        guard arguments.count == 4 else { end("usage: busy-node serve|compare DIRECTORY WRITES|DIRECTORY", code: 64) }
        do {
            switch arguments[1] {
            case "serve": try serve(arguments[2], writesPerSecond: Int(arguments[3]) ?? 0)
            case "compare": try StoreComparison(source: arguments[2], restored: arguments[3]).run()
            default: end("unknown work: \(arguments[1])", code: 64)
            }
        } catch {
            end("\(error)", code: 1)
        }
    }

    static func end(_ text: String, code: Int32) -> Never {
        say(text, to: 2)
        exit(code)
    }

    static func say(_ text: String, to descriptor: Int32 = 1) {
        let line = Array((text + "\n").utf8)
        _ = line.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
    }

    private static func serve(_ directory: String, writesPerSecond: Int) throws {
        var signals = sigset_t()
        sigemptyset(&signals)
        sigaddset(&signals, SIGTERM)
        pthread_sigmask(SIG_BLOCK, &signals, nil)
        var options = StoreOptions()
        options.workers = 2
        let store = try Store.open(directory: directory, options: options)
        try store.log.start()
        let transport = try transport(store, workerCount: options.workers)
        for plan in transport.plans { say("\(plan.address)") }
        let isStopping = Atomic<Bool>(false)
        try withThread({ ChangeStream(store.log, perSecond: writesPerSecond).run(until: isStopping) }) {
            var number: Int32 = 0
            while sigwait(&signals, &number) != 0 {}
            isStopping.store(true, ordering: .relaxed)
        }
        transport.drain(withinNanoseconds: 1_000_000_000)
        store.close()
    }

    private static func withThread(_ work: @escaping @Sendable () -> Void, _ body: () -> Void) throws {
        let thread = try NamedThread(name: "changes", work: work)
        body()
        thread.join()
    }

    private static func transport(_ store: Store, workerCount: Int) throws -> NodeTransport {
        var settings = TransportSettings()
        settings.workerCount = workerCount
        settings.listeners = [ListenerPlan(address: SocketAddress(ipv4: 0x7F00_0001, port: 0))]
        let responder = ResponderSettings(folding: store.folding, site: SiteInfo(serialNumber: 1, servers: []))
        let authority = Authority(rows: try store.prefixRows())
        let readers = Readers(try (0..<workerCount).map { _ in try store.makeReader() })
        return try NodeTransport(settings: settings, listeners: try OpenListeners(settings: settings)) { worker in
            Responder(
                settings: responder,
                store: readers[worker],
                authority: authority,
                ledger: store.counts,
                worker: worker
            )
        }
    }

    /// One reader for each worker. Sendable: each is used by one thread.
    private final class Readers: @unchecked Sendable {
        private let readers: [LMDBReader]

        init(_ readers: [LMDBReader]) { self.readers = readers }

        subscript(worker: Int) -> LMDBReader { readers[worker] }
    }
}
