internal import Console
internal import Cryptography
internal import EventLoop
internal import Glibc
internal import ResolutionClient

/// Misbehaves over connections until the time is over or somebody interrupts.
struct HostileRun: ~Copyable {
    /// The longest wait between two looks, and where all there is to do is to wait for the target: a look at 5,000
    /// connections takes the kernel more than a millisecond, in which nobody else has that processor.
    private static let waitNanoseconds: UInt64 = 5_000_000
    private static let passiveWaitNanoseconds: UInt64 = 1_000_000_000

    private let plan: HostilePlan
    private let hello: [UInt8]
    private let sources: LocalAddresses
    private var mutator: QuestionMutator
    private var connections: [HostileConnection] = []
    /// Connections begun so far.
    private var begunCount = 0
    private var tally = HostileTally()
    private var watch = SocketWatch()
    private var buffer = [UInt8](repeating: 0, count: 65_536)

    init(_ plan: HostilePlan) {
        self.plan = plan
        sources = LocalAddresses(plan.sources)
        mutator = QuestionMutator(identifier: plan.identifier, seed: plan.seed)
        hello = plan.mode == .abandonHandshake ? Self.clientHello() : []
    }

    consuming func run() -> HostileTally {
        let start = SystemClock.monotonicNanoseconds()
        let end = start &+ UInt64(plan.seconds * 1e9)
        var pacer = Pacer(ratePerSecond: plan.ratePerSecond, startNanoseconds: start)
        var now = start
        while now < end, !Interruption.isRequested {
            open(&pacer, now)
            step(now)
            wait(until: end)
            now = SystemClock.monotonicNanoseconds()
        }
        tally.openAtEnd = UInt64(connections.count { $0.isOpen })
        return tally
    }

    private mutating func open(_ pacer: inout Pacer, _ now: UInt64) {
        let count = min(pacer.allowance(nowNanoseconds: now), plan.connections - connections.count)
        guard count > 0 else { return }
        pacer.use(count)
        for _ in 0..<count {
            begunCount += 1
            do throws(AskFailure) {
                let (source, words) = (sources.next(), words())
                connections.append(try HostileConnection(plan, from: source, words: words, nowNanoseconds: now))
            } catch {
                if error == .refused { tally.refused += 1 } else { tally.notBegun += 1 }
            }
        }
    }

    private mutating func words() -> [UInt8] {
        switch plan.mode {
        case .idle: []
        case .incomplete: Array(mutator.whole().dropLast(20))
        case .neverRead: Array([[UInt8]](repeating: mutator.whole(), count: 64).joined())
        case .abandonHandshake: hello
        case .random: mutator.random(byteCountMax: 4_096)
        case .malformed: mutator.next()
        case .slow: mutator.whole()
        case .reset: begunCount.isMultiple(of: 2) ? mutator.whole() : []
        }
    }

    /// Goes on with those on which the last wait saw something, and with those that are due: looking at thousands that
    /// idle would take a processor from the target.
    private mutating func step(_ now: UInt64) {
        var left: [HostileConnection] = []
        left.reserveCapacity(connections.count)
        for (place, connection) in connections.enumerated() {
            guard watch.isReady(at: place) || connection.isDue(nowNanoseconds: now) else {
                left.append(connection)
                continue
            }
            switch connection.step(&buffer, &tally, nowNanoseconds: now) {
            case nil: left.append(connection)
            case .refused?: tally.refused += 1
            case .byTarget?: tally.closedByTarget += 1
            case .here?: tally.closedHere += 1
            }
        }
        connections = left
    }

    private mutating func wait(until end: UInt64) {
        watch.removeAll()
        for connection in connections {
            watch.add(connection.watchedDescriptor, forWriting: connection.isConnecting)
        }
        let isPassive = plan.mode.isPassive && connections.count == plan.connections
        let now = SystemClock.monotonicNanoseconds()
        let left = end > now ? end - now : 0
        watch.wait(nanoseconds: min(left, isPassive ? Self.passiveWaitNanoseconds : Self.waitNanoseconds))
    }

    /// The first flight of a TLS client; empty where the library gives none.
    private static func clientHello() -> [UInt8] {
        let now = Int64(SystemClock.coarseRealtimeSeconds())
        guard let context = try? TLSContext(client: .anyone, unixSeconds: now),
            var session = try? TLSSession(context)
        else { return [] }
        var bytes = [UInt8](repeating: 0, count: session.ciphertextByteCount)
        let count = bytes.withUnsafeMutableBytes { session.takeCiphertext(into: $0) }
        return Array(bytes.prefix(count))
    }
}
