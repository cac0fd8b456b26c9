internal import EventLoop
internal import Glibc
internal import ResolutionClient

/// One connection of a hostile client.
final class HostileConnection {
    /// How it ended.
    enum Ending {
        case refused
        case byTarget
        case here
    }

    /// Who has said what there was to say waits so long for what the target does.
    private static let patienceNanoseconds: UInt64 = 1_000_000_000

    private let mode: HostileMode
    /// Between two bytes of a slow sender.
    private let pauseNanoseconds: UInt64
    private let socket: ClientSocket
    private let beganNanoseconds: UInt64
    private var connectedNanoseconds: UInt64?
    private let words: [UInt8]
    private var said = 0
    private var nextByteNanoseconds: UInt64 = 0
    private var cutter = MessageCutter()

    /// Begins to connect; `words` is what it will say.
    init(
        _ plan: HostilePlan,
        from source: SocketAddress?,
        words: [UInt8],
        nowNanoseconds: UInt64
    ) throws(AskFailure) {
        mode = plan.mode
        pauseNanoseconds = UInt64(plan.secondsPerByte * 1e9)
        self.words = words
        beganNanoseconds = nowNanoseconds
        socket = try ClientSocket.connecting(.tcp, to: plan.target.address, from: source)
        // Who reads nothing shall soon have room for nothing.
        if plan.mode == .neverRead { socket.setOption(SOL_SOCKET, SO_RCVBUF, 4_096) }
    }

    var isOpen: Bool { connectedNanoseconds != nil }

    /// -1 where nothing that comes is looked at, which poll(2) leaves out.
    var watchedDescriptor: Int32 { mode == .neverRead && isOpen ? -1 : socket.descriptor }

    var isConnecting: Bool { connectedNanoseconds == nil }

    /// Whether there is something to do though nothing has come.
    func isDue(nowNanoseconds now: UInt64) -> Bool {
        guard isOpen else { return hasLostPatience(now) }
        if mode == .neverRead { return true }
        let hasWords = said < words.count || mode == .slow
        return hasWords && now >= nextByteNanoseconds || mode.isSingle && hasLostPatience(now)
    }

    /// Goes on; returns how it ended, nil: it has not.
    func step(_ buffer: inout [UInt8], _ tally: inout HostileTally, nowNanoseconds now: UInt64) -> Ending? {
        do throws(AskFailure) {
            guard try connect(&tally, now) else { return hasLostPatience(now) ? .refused : nil }
            try say(&tally, now)
            guard mode != .neverRead else { return socket.connectionError == 0 ? nil : ended(&tally, now) }
            if mode == .reset {
                socket.resetWhenClosed()
                return .here
            }
            while let count = try socket.receive(into: &buffer) {
                guard count > 0 else { return ended(&tally, now) }
                tally.bytesReceived += UInt64(count)
                note(buffer[..<count], &tally)
            }
        } catch {
            return ended(&tally, now)
        }
        return mode.isSingle && hasLostPatience(now) ? .here : nil
    }

    private func connect(_ tally: inout HostileTally, _ now: UInt64) throws(AskFailure) -> Bool {
        guard connectedNanoseconds == nil else { return true }
        guard case .ready = try socket.wait(forWriting: true, forReading: false, until: 0) else { return false }
        let code = socket.connectionError
        guard code == 0 else { throw AskFailure(errno: code) }
        connectedNanoseconds = now
        tally.opened += 1
        return true
    }

    private func say(_ tally: inout HostileTally, _ now: UInt64) throws(AskFailure) {
        if said == words.count, mode == .neverRead || mode == .slow { said = 0 }
        guard said < words.count, now >= nextByteNanoseconds else { return }
        let part = mode == .slow ? words[said...].prefix(1) : words[said...]
        let count = try socket.send(part)
        said += count
        tally.bytesSent += UInt64(count)
        if mode == .slow { nextByteNanoseconds = now &+ pauseNanoseconds }
    }

    private func note(_ bytes: ArraySlice<UInt8>, _ tally: inout HostileTally) {
        // What is no message, as of a target that speaks TLS, is counted in bytes.
        guard mode != .abandonHandshake else { return }
        cutter.append(bytes)
        while let message = try? cutter.next() { tally.noteAnswer(message.span.bytes) }
    }

    private func hasLostPatience(_ now: UInt64) -> Bool {
        now >= (connectedNanoseconds ?? beganNanoseconds) &+ Self.patienceNanoseconds * (isOpen ? 1 : 5)
    }

    private func ended(_ tally: inout HostileTally, _ now: UInt64) -> Ending {
        guard let connectedNanoseconds else { return .refused }
        tally.closedAfter.note(nanoseconds: now &- connectedNanoseconds)
        return .byTarget
    }
}
