import Cryptography
import EventLoop
import ResolutionClient
import ResolutionProtocol
import Synchronization

/// Creates identifiers and logs in, as fast as a node lets one.
struct AdministrationBench: Sendable {
    let server: SocketAddress
    let owner: BenchOwner
    /// The key that the node showed: asked for once.
    let siteKey: PublicKey
    /// What makes identifiers of this run other ones than those of the last.
    let run = UInt64.random(in: 0..<(1 << 40))

    func client(_ key: AdministratorKey, inFlight: Int = 1) -> AdministrationClient {
        var settings = DialogueSettings()
        settings.inFlightMax = inFlight
        settings.trust = .known(siteKey)
        return AdministrationClient(server: server, key: key, settings: settings)
    }

    /// Runs `body` on so many threads at once, each with its number, and adds their tallies.
    func onThreads(_ count: Int, _ body: @escaping @Sendable (Int, inout Tally) -> Void) throws -> Tally {
        let sum = Mutex(Tally())
        try withThreads(count) { number in
            var own = Tally()
            body(number, &own)
            sum.withLock { $0.add(own) }
        }
        return sum.withLock { $0 }
    }

    private func withThreads(_ count: Int, _ body: @escaping @Sendable (Int) -> Void) throws {
        let threads = try (0..<count).map { number in try NamedThread(name: "bench") { body(number) } }
        for thread in threads { thread.join() }
    }

    /// What threads have done.
    struct Tally: Sendable {
        var done = 0
        var failed = 0
        var latencies: [UInt64] = []

        mutating func add(_ other: Tally) {
            done += other.done
            failed += other.failed
            latencies += other.latencies
        }

        /// Does `body`, and notes how long it took.
        mutating func time(_ body: () throws -> Void) {
            let start = SystemClock.monotonicNanoseconds()
            do {
                try body()
                done += 1
                latencies.append(SystemClock.monotonicNanoseconds() - start)
            } catch {
                failed += 1
            }
        }
    }

    /// `connections` with one request outstanding each; `count` creates in all.
    func singly(connections: Int, count: Int) throws -> BenchResult {
        let start = SystemClock.monotonicNanoseconds()
        let tally = try onThreads(connections) { connection, tally in
            let client = client(owner.keys[2].key)
            for number in stride(from: connection, to: count, by: connections) {
                let name = BenchOwner.identifier(number, run: run &+ UInt64(connections))
                tally.time { _ = try client.create(name, BenchOwner.identifierValues) }
            }
            client.end()
        }
        return result("create, \(connections) × 1", tally, since: start)
    }

    /// One connection, so many requests outstanding.
    func pipelined(inFlight: Int, count: Int) throws -> BenchResult {
        let client = client(owner.keys[2].key, inFlight: inFlight)
        var number = 0
        var tally = Tally()
        let start = SystemClock.monotonicNanoseconds()
        try client.askAll(
            next: {
                guard number < count else { return nil }
                number += 1
                let name = BenchOwner.identifier(number, run: run &+ 1_000)
                return .creation(of: name, BenchOwner.identifierValues)
            },
            each: { _, outcome in
                let isDone = (try? outcome.get().requireSuccess()) != nil
                if isDone { tally.done += 1 } else { tally.failed += 1 }
                return true
            }
        )
        client.end()
        return result("create, 1 × \(inFlight) pipelined", tally, since: start)
    }

    /// Operation 9001: messages of so many rows, a few of them outstanding.
    func applied(rowsPerMessage: Int, inFlight: Int, count: Int) throws -> BenchResult {
        let client = client(owner.keys[2].key, inFlight: inFlight)
        let batch = try RandomBytes.make(count: ApplyRequest.batchByteCount)
        var number = 0
        var tally = Tally()
        let start = SystemClock.monotonicNanoseconds()
        try client.askAll(
            next: {
                guard number < count else { return nil }
                let end = min(count, number + rowsPerMessage)
                let rows = (number..<end).map {
                    let name = BenchOwner.identifier($0, run: run &+ 2_000)
                    return ApplyRow(.create, identifier: name, values: BenchOwner.identifierValues)
                }
                let request = ApplyRequest(batch: batch, firstRow: UInt32(number), rows: rows)
                number = end
                return .request(.apply, body: .bytes(request.wire))
            },
            each: { _, outcome in
                let outcomes = (try? outcome.get()).flatMap { answer -> [ApplyOutcome]? in
                    guard case .bytes(let body) = answer.body else { return nil }
                    return ApplyOutcome.all(in: body)
                }
                guard let outcomes else {
                    tally.failed += 1
                    return true
                }
                tally.done += outcomes.count(where: { $0.code == .success })
                tally.failed += outcomes.count(where: { $0.code != .success })
                return true
            }
        )
        client.end()
        return result("apply, \(rowsPerMessage) rows × \(inFlight)", tally, since: start)
    }

    /// Log-ins: connection, session, challenge, proof, and one request that changes nothing.
    func logins(_ key: BenchOwner.NamedKey, connections: Int, count: Int) throws -> BenchResult {
        let start = SystemClock.monotonicNanoseconds()
        let tally = try onThreads(connections) { connection, tally in
            for _ in stride(from: connection, to: count, by: connections) {
                let client = client(key.key)
                tally.time { try client.list(BenchOwner.prefix) { _ in false } }
                client.end()
            }
        }
        return result("log-in, \(key.name)", tally, since: start)
    }

    func result(_ name: String, _ tally: Tally, since start: UInt64) -> BenchResult {
        BenchResult(
            name: name,
            count: tally.done,
            failures: tally.failed,
            nanoseconds: SystemClock.monotonicNanoseconds() - start,
            latencies: tally.latencies
        )
    }
}
