import Cryptography
import EventLoop
import Glibc
import ResolutionClient
import ResolutionProtocol
import TransportSuite

/// Loads that go on while something else is measured.
struct SustainedLoad: Sendable {
    let bench: AdministrationBench
    /// Where the node speaks TLS, for handshakes.
    let secureServer: SocketAddress

    /// Runs the load called `name`; nil: there is no such load. `amount` is seconds, or how many there are to be.
    func run(_ name: String, amount: Int) throws -> BenchResult? {
        switch name {
        case "slow": try slow(until: Self.end(afterSeconds: amount))
        case "registration": try registration(until: Self.end(afterSeconds: amount))
        case "large": try large(until: Self.end(afterSeconds: amount))
        case "names": try bench.applied(rowsPerMessage: 500, inFlight: 4, count: amount)
        case "handshakes": try handshakes(count: amount)
        default: nil
        }
    }

    private static func end(afterSeconds seconds: Int) -> UInt64 {
        SystemClock.monotonicNanoseconds() &+ UInt64(max(0, seconds)) &* 1_000_000_000
    }

    private static func isOver(_ end: UInt64) -> Bool { SystemClock.monotonicNanoseconds() >= end }

    // MARK: R12

    /// What takes administration longest, over three connections each: proofs by keys derived from secrets, lists of
    /// all names, and identifiers as large as a message takes.
    private func slow(until end: UInt64) throws -> BenchResult {
        let start = SystemClock.monotonicNanoseconds()
        let tally = try bench.onThreads(9) { number, tally in
            switch number % 3 {
            case 0: prove(until: end, &tally)
            case 1: list(until: end, &tally)
            default: createLarge(number, until: end, &tally)
            }
        }
        return bench.result("slow operations", tally, since: start)
    }

    private func prove(until end: UInt64, _ tally: inout AdministrationBench.Tally) {
        while !Self.isOver(end) {
            let client = bench.client(bench.owner.keys[3].key)
            tally.time { try client.list(BenchOwner.prefix) { _ in false } }
            client.end()
        }
    }

    private func list(until end: UInt64, _ tally: inout AdministrationBench.Tally) {
        let client = bench.client(bench.owner.keys[2].key)
        while !Self.isOver(end) {
            tally.time { try client.list(BenchOwner.prefix) { _ in !Self.isOver(end) } }
        }
        client.end()
    }

    private func createLarge(_ connection: Int, until end: UInt64, _ tally: inout AdministrationBench.Tally) {
        let client = bench.client(bench.owner.keys[2].key)
        let large = HandleValue(index: 2, type: Array("DESC".utf8), data: [UInt8](repeating: 0x41, count: 200_000))
        var number = connection
        while !Self.isOver(end) {
            let name = BenchOwner.identifier(number, run: bench.run &+ 3_000)
            tally.time { _ = try client.create(name, [large, BenchOwner.admin]) }
            // The same few again, so that the data file does not grow.
            tally.time { try client.delete(name) }
            number += 9
        }
        client.end()
    }

    // MARK: registration

    /// Identifiers registered as fast as the node takes them, pipelined, until it is over.
    private func registration(until end: UInt64) throws -> BenchResult {
        let start = SystemClock.monotonicNanoseconds()
        let tally = try bench.onThreads(2) { connection, tally in
            let client = bench.client(bench.owner.keys[2].key, inFlight: 256)
            var number = connection
            do {
                try client.askAll(
                    next: {
                        guard !Self.isOver(end) else { return nil }
                        number += 2
                        let name = BenchOwner.identifier(number, run: bench.run &+ 4_000)
                        return .creation(of: name, BenchOwner.identifierValues)
                    },
                    each: { _, outcome in
                        let isDone = (try? outcome.get().requireSuccess()) != nil
                        if isDone { tally.done += 1 } else { tally.failed += 1 }
                        return true
                    }
                )
            } catch {
                tally.failed += 1
            }
            client.end()
        }
        return bench.result("registration", tally, since: start)
    }

    // MARK: R9

    /// Requests of 250,000 bytes from 200 connections at once, of nobody: each is challenged or refused as busy, and
    /// where its connection ended, the next one asks.
    private func large(until end: UInt64) throws -> BenchResult {
        let start = SystemClock.monotonicNanoseconds()
        let request = Message(
            envelope: Envelope(requestID: 7),
            header: Header(opCode: .createIdentifier, expiration: 0),
            body: .bytes([UInt8](repeating: 1, count: 250_000))
        ).wire
        let tally = try bench.onThreads(200) { _, tally in
            while !Self.isOver(end) {
                guard let socket = try? ClientSocket(bench.server, isTCP: true) else {
                    tally.failed += 1
                    continue
                }
                while !Self.isOver(end), socket.send(request), socket.receiveMessage() != nil { tally.done += 1 }
            }
        }
        return bench.result("large requests", tally, since: start)
    }

    // MARK: R8

    /// `count` connections to a port with TLS, a thousand a second: each ends within its handshake, after a part of a
    /// ClientHello, after all of it, or after garbage.
    private func handshakes(count: Int) throws -> BenchResult {
        let start = SystemClock.monotonicNanoseconds()
        let hello = try Self.hello()
        let tally = try bench.onThreads(8) { thread, tally in
            for number in stride(from: thread, to: count, by: 8) {
                let due = start &+ UInt64(number) &* 1_000_000
                let now = SystemClock.monotonicNanoseconds()
                if now < due { usleep(UInt32((due - now) / 1_000)) }
                tally.time { try Self.abandon(secureServer, hello, number) }
            }
        }
        return bench.result("handshakes given up", tally, since: start)
    }

    private static func hello() throws -> [UInt8] {
        let trust = TLSServerTrust.publicKey(subjectPublicKeyInfo: [])
        var session = try TLSSession(TLSContext(client: trust, unixSeconds: 0))
        var hello = [UInt8](repeating: 0, count: session.ciphertextByteCount)
        _ = hello.withUnsafeMutableBytes { session.takeCiphertext(into: $0) }
        return hello
    }

    private static func abandon(_ server: SocketAddress, _ hello: [UInt8], _ number: Int) throws {
        let socket = try ClientSocket(server, isTCP: true)
        switch number % 4 {
        case 0: socket.send(Array(hello.prefix(number % hello.count)))
        case 1: socket.send([UInt8](repeating: UInt8(truncatingIfNeeded: number), count: 100))
        case 2: socket.send(hello)
        default:
            socket.send(hello)
            // What the node says first, and no more.
            _ = socket.receive()
        }
        if number % 3 == 0 { socket.resetWhenClosed() }
    }
}
