import EventLoop
import Glibc
import ResolutionProtocol
import Synchronization
import TransportSuite

/// A client on a thread of its own that sends distinct requests as fast as they are answered, until the node is gone or
/// it is told to stop. Every fourth request asks for what is not there.
final class LoadClient: Sendable {
    /// What a client has seen.
    struct Tally: Sendable {
        /// Requests of which a part at least was handed to the kernel.
        var begun = 0
        /// Requests that were handed over whole.
        var sent = 0
        /// Requests for something that is there, of those begun.
        var begunForPresent = 0
        var answered = 0
        /// Of these, those with code 1.
        var found = 0
        /// By number of the request: whether it was answered.
        var isAnswered: [Bool] = []
        /// An answer that was not right.
        var fault: String?
    }

    private static let window = 48
    private let address: SocketAddress
    private let carrier: NodeAsker.Carrier
    private let recordCount: Int
    private let tally = Mutex(Tally())
    private let isStopping = Atomic<Bool>(false)
    private let thread = Mutex<NamedThread?>(nil)

    init(_ address: SocketAddress, _ carrier: NodeAsker.Carrier, recordCount: Int) throws {
        self.address = address
        self.carrier = carrier
        self.recordCount = recordCount
        let socket = try ClientSocket(address, isTCP: carrier == .tcp)
        let started = try NamedThread(name: "load") { [weak self] in self?.run(socket) }
        thread.withLock { $0 = started }
    }

    /// What it has seen up to now.
    var current: Tally { tally.withLock { $0 } }

    /// Waits until it has ended: because the node has, or `stops` it, after the answers that are under way.
    func finish(stops: Bool = false) -> Tally {
        if stops { isStopping.store(true, ordering: .relaxed) }
        thread.withLock { $0.take() }?.join()
        return current
    }

    private func run(_ socket: ClientSocket) {
        var run = LoadRun(socket.descriptor, carrier)
        while !run.isOver {
            let isStopping = isStopping.load(ordering: .relaxed)
            if isStopping, run.outstanding == 0 { return }
            let maySend = !isStopping && run.outstanding < Self.window
            let events = run.wait(forWriting: maySend || run.hasOutput)
            if events.isWritable, maySend || run.hasOutput { send(&run, mayBegin: maySend) }
            if events.isReadable { for answer in run.receive() { note(answer) } }
            if events.isIdle { run.giveUpWaiting() }
        }
        for answer in run.receive() { note(answer) }
    }

    /// Counts first and sends then: what is counted as begun is never less than what the node can have seen.
    private func send(_ run: inout LoadRun, mayBegin: Bool) {
        if mayBegin, !run.hasOutput {
            let number = run.nextNumber
            let isPresent = number % 4 != 3
            let item = number % recordCount
            let name = isPresent ? SampleRecords.name(item) : SampleRecords.absentName(item)
            run.begin(Self.request(name, requestID: UInt32(number + 1)))
            tally.withLock { tally in
                tally.begun += 1
                tally.begunForPresent += isPresent ? 1 : 0
                tally.isAnswered.append(false)
            }
        }
        if run.flush() { tally.withLock { $0.sent += 1 } }
    }

    private static func request(_ name: [UInt8], requestID: UInt32) -> [UInt8] {
        Message(
            envelope: Envelope(requestID: requestID),
            header: Header(opCode: .resolution, flags: .requestDefault, expiration: 0),
            body: .resolve(ResolutionRequest(identifier: name))
        ).wire
    }

    private func note(_ wire: [UInt8]) {
        tally.withLock { tally in
            guard wire.count >= Envelope.byteCount + Header.byteCount,
                let envelope = try? Envelope(wire: Array(wire[..<Envelope.byteCount])),
                case let number = Int(envelope.requestID) - 1, tally.isAnswered.indices.contains(number)
            else {
                tally.fault = "an answer to no request: \(wire)"
                return
            }
            let code = wire[24..<28].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
            let expected: UInt32 = number % 4 != 3 ? 1 : 100
            if code != expected { tally.fault = "code \(code) for request \(number), not \(expected)" }
            if tally.isAnswered[number] { tally.fault = "a second answer to request \(number)" }
            tally.isAnswered[number] = true
            tally.answered += 1
            tally.found += code == 1 ? 1 : 0
        }
    }
}
