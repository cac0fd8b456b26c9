internal import EventLoop
internal import Glibc
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

    private let plan: StreamPlan
    private let memory: StreamLink.Memory
    private var link: StreamLink?
    private var state = State.closed(untilNanoseconds: 0)
    private var outgoing: [UInt8] = []
    private var outgoingStart = 0
    private var cutter = MessageCutter()
    private(set) var counts = ConnectionCounts()
    /// Whether nobody listened, the last time.
    private(set) var wasRefused = false

    /// Closed as yet. The memory may be shared by all connections of a thread.
    init(_ plan: StreamPlan, memory: StreamLink.Memory) {
        self.plan = plan
        self.memory = memory
    }

    /// -1 where closed, which poll(2) leaves out.
    var descriptor: Int32 { link?.descriptor ?? -1 }

    var isSending: Bool {
        if case .connecting = state { return link?.isSending ?? false }
        return outgoingStart < outgoing.count || (link?.isSending ?? false)
    }

    /// Connects, and waits for it.
    func open(until deadline: UInt64) throws(AskFailure) {
        try begin()
        while !isOpen {
            guard try link?.wait(until: deadline) == true else { throw .connectTimedOut(milliseconds: 5_000) }
            try finishConnecting()
        }
    }

    /// Closes what is done with; it may be opened again at once.
    func close() {
        link?.sayGoodbye()
        forget()
        state = .closed(untilNanoseconds: 0)
    }

    /// Closes what has failed, and notes it; it may be opened again after a pause.
    func close(after failure: AskFailure, nowNanoseconds: UInt64) {
        if isOpen { counts.ended += 1 } else { counts.failed += 1 }
        if failure == .system(errno: EADDRNOTAVAIL) { counts.withoutPort += 1 }
        wasRefused = failure == .refused
        forget()
        state = .closed(untilNanoseconds: nowNanoseconds &+ Self.pauseNanoseconds)
    }

    private func forget() {
        link = nil
        outgoing.removeAll(keepingCapacity: true)
        outgoingStart = 0
        cutter = MessageCutter()
    }

    /// Whether it is closed and may be opened.
    func isDue(nowNanoseconds: UInt64) -> Bool {
        guard case .closed(let until) = state else { return false }
        return nowNanoseconds >= until
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

    /// Takes messages as they are, to be sent by `send`.
    func queue(_ messages: [UInt8]) { outgoing += messages }

    /// Waits until it can go on, or `deadline` of the monotonic clock is past; whether it can.
    func wait(until deadline: UInt64) throws(AskFailure) -> Bool { try link?.wait(until: deadline) ?? false }

    /// Sends what the socket takes; throws where the connection has ended.
    func send() throws(AskFailure) {
        guard case .open = state else { return }
        if outgoingStart < outgoing.count { outgoingStart += try link?.send(outgoing[outgoingStart...]) ?? 0 }
        if outgoingStart == outgoing.count {
            outgoing.removeAll(keepingCapacity: true)
            outgoingStart = 0
        }
        try link?.sendCiphertext()
    }

    /// Hands on the messages that came; throws where the connection has ended or can no longer be cut into messages.
    func receive(_ take: (RawSpan, UInt64) -> Void) throws(AskFailure) -> Int {
        if case .connecting = state { try finishConnecting() }
        guard case .open = state, let count = try link?.receive(memory) else { return 0 }
        guard count > 0 else { throw .connectionEnded }
        let now = SystemClock.monotonicNanoseconds()
        cutter.append(memory.plaintext[..<count])
        do throws(WireError) {
            return try cutter.lendAll { message in take(message, now) }
        } catch {
            throw .malformed(error)
        }
    }

    /// Begins to connect; questions may be queued meanwhile.
    func begin() throws(AskFailure) {
        link = try StreamLink(plan)
        state = .connecting
    }

    private func finishConnecting() throws(AskFailure) {
        guard try link?.advance(memory) == true else { return }
        state = .open
        counts.made += 1
        try send()
    }
}
