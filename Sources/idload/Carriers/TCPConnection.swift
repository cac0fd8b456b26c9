internal import EventLoop
internal import ResolutionClient
internal import ResolutionProtocol

/// One connection of the load: what is to be sent, and what came of an unfinished message.
final class TCPConnection {
    /// A connection that ended is tried again after a tenth of a second.
    private static let pauseNanoseconds: UInt64 = 100_000_000
    /// Unsent bytes above which no batch of questions is taken.
    private static let outgoingByteCountMax = 1 << 20

    private enum State {
        case closed(untilNanoseconds: UInt64)
        case connecting
        case open
    }

    private let target: SocketAddress
    private var socket: ClientSocket?
    private var state = State.closed(untilNanoseconds: 0)
    private var outgoing: [UInt8] = []
    private var outgoingStart = 0
    private var cutter = MessageCutter()

    init(to target: SocketAddress) {
        self.target = target
    }

    /// -1 where closed, which poll(2) leaves out.
    var descriptor: Int32 { socket?.descriptor ?? -1 }

    var isSending: Bool {
        if case .connecting = state { return true }
        return outgoingStart < outgoing.count
    }

    /// Connects, and waits for it.
    func open(until deadline: UInt64) throws(AskFailure) {
        try begin()
        guard case .ready? = try socket?.wait(forWriting: true, forReading: false, until: deadline) else {
            throw .connectTimedOut(milliseconds: 5_000)
        }
        try finishConnecting()
    }

    func close(nowNanoseconds: UInt64) {
        socket = nil
        outgoing.removeAll(keepingCapacity: true)
        outgoingStart = 0
        cutter = MessageCutter()
        state = .closed(untilNanoseconds: nowNanoseconds &+ Self.pauseNanoseconds)
    }

    func reopenIfDue(nowNanoseconds: UInt64) {
        guard case .closed(let until) = state, nowNanoseconds >= until else { return }
        do { try begin() } catch { close(nowNanoseconds: nowNanoseconds) }
    }

    var isOpen: Bool {
        if case .open = state { return true }
        return false
    }

    /// Whether a batch of questions is taken.
    var hasRoom: Bool { isOpen && outgoing.count - outgoingStart < Self.outgoingByteCountMax }

    /// Takes a question, to be sent by `send`.
    func queue(_ question: UnsafePointer<OutgoingQuestion>) {
        outgoing.append(contentsOf: OutgoingQuestion.envelope(of: question))
        outgoing.append(contentsOf: question.pointee.message)
    }

    /// Sends what the socket takes; throws where the connection has ended.
    func send() throws(AskFailure) {
        guard case .open = state, outgoingStart < outgoing.count else { return }
        outgoingStart += try socket?.send(outgoing[outgoingStart...]) ?? 0
        if outgoingStart == outgoing.count {
            outgoing.removeAll(keepingCapacity: true)
            outgoingStart = 0
        }
    }

    /// Hands on the messages that came; throws where the connection has ended or can no longer be cut into messages.
    func receive(into buffer: inout [UInt8], _ take: (RawSpan, UInt64) -> Void) throws(AskFailure) -> Int {
        if case .connecting = state { try finishConnecting() }
        guard case .open = state, let count = try socket?.receive(into: &buffer) else { return 0 }
        guard count > 0 else { throw .connectionEnded }
        let now = SystemClock.monotonicNanoseconds()
        cutter.append(buffer[..<count])
        var messageCount = 0
        do throws(WireError) {
            while let message = try cutter.next() {
                take(message.span.bytes, now)
                messageCount += 1
            }
        } catch {
            throw .malformed(error)
        }
        return messageCount
    }

    private func begin() throws(AskFailure) {
        socket = try ClientSocket.connecting(.tcp, to: target)
        state = .connecting
    }

    private func finishConnecting() throws(AskFailure) {
        guard case .ready? = try socket?.wait(forWriting: true, forReading: false, until: 0) else { return }
        let code = socket?.connectionError ?? 0
        guard code == 0 else { throw AskFailure(errno: code) }
        state = .open
    }
}
