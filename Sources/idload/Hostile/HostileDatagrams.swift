internal import Console
internal import EventLoop
internal import ResolutionClient

/// Misbehaves with datagrams until the time is over or somebody interrupts.
struct HostileDatagrams: ~Copyable {
    private static let waitNanoseconds: UInt64 = 1_000_000

    private let plan: HostilePlan
    private let socket: ClientSocket
    private var mutator: QuestionMutator
    private var tally = HostileTally()
    private var buffer = [UInt8](repeating: 0, count: 65_536)

    init(_ plan: HostilePlan) throws(AskFailure) {
        self.plan = plan
        socket = try ClientSocket.connecting(.udp, to: plan.target.address, from: plan.sources.first)
        mutator = QuestionMutator(identifier: plan.identifier, seed: plan.seed)
    }

    consuming func run() -> HostileTally {
        let start = SystemClock.monotonicNanoseconds()
        let end = start &+ UInt64(plan.seconds * 1e9)
        var pacer = Pacer(ratePerSecond: plan.ratePerSecond, startNanoseconds: start)
        var watch = SocketWatch()
        watch.add(socket.descriptor)
        while case let now = SystemClock.monotonicNanoseconds(), now < end, !Interruption.isRequested {
            let count = pacer.allowance(nowNanoseconds: now)
            pacer.use(count)
            for _ in 0..<count { send() }
            receive()
            watch.wait(nanoseconds: Self.waitNanoseconds)
        }
        receive()
        return tally
    }

    private mutating func send() {
        let bytes = plan.mode == .random ? mutator.random(byteCountMax: 1_400) : mutator.next()
        guard let count = try? socket.send(bytes[...]), count > 0 else {
            tally.notBegun += 1
            return
        }
        tally.datagrams += 1
        tally.bytesSent += UInt64(count)
    }

    private mutating func receive() {
        // A port where nobody listens says so here, once for each datagram.
        while let count = (try? socket.receive(into: &buffer)) ?? nil, count > 0 {
            tally.bytesReceived += UInt64(count)
            let message = Array(buffer[..<count])
            tally.noteAnswer(message.span.bytes)
        }
    }
}
