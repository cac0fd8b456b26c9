internal import EventLoop
internal import Glibc

/// Does what an exchange says with sockets that block, and tells it what happened.
struct BlockingLink: ~Copyable {
    private let server: SocketAddress
    private var socket: ClientSocket?
    private var deadline: UInt64 = 0
    private var isConnecting = false
    private var outgoing: ArraySlice<UInt8> = []
    private var buffer = [UInt8](repeating: 0, count: 65_536)
    /// What carried the last step.
    private(set) var carrier = AskError.Carrier.udp

    init(server: SocketAddress) {
        self.server = server
    }

    mutating func perform(_ step: Exchange.Step) -> Exchange.Event {
        do throws(AskFailure) {
            switch step {
            case .send(let datagrams, let milliseconds):
                setDeadline(milliseconds)
                try send(datagrams)
            case .connect(let milliseconds):
                setDeadline(milliseconds)
                carrier = .tcp
                socket = try ClientSocket.connecting(.tcp, to: server)
                isConnecting = true
            case .write(let bytes, let milliseconds):
                setDeadline(milliseconds)
                outgoing = bytes[...]
            case .wait, .answer, .fail:
                break
            }
            return try nextEvent()
        } catch {
            return Self.event(of: error)
        }
    }

    private mutating func setDeadline(_ milliseconds: Int) {
        deadline = SystemClock.monotonicNanoseconds() &+ UInt64(max(0, milliseconds)) &* 1_000_000
    }

    private mutating func send(_ datagrams: [[UInt8]]) throws(AskFailure) {
        if socket == nil { socket = try ClientSocket.connecting(.udp, to: server) }
        // A datagram the socket has no room for is lost, as others are on the way; the next sending repeats it.
        for datagram in datagrams { _ = try socket?.send(datagram[...]) }
    }

    private mutating func nextEvent() throws(AskFailure) -> Exchange.Event {
        while true {
            let isWriting = isConnecting || !outgoing.isEmpty
            guard
                case .ready(let isReadable, let isWritable)? = try socket?.wait(
                    forWriting: isWriting,
                    forReading: !isConnecting,
                    until: deadline
                )
            else { return .timedOut }
            if isConnecting { return try connected() }
            if isWritable, !outgoing.isEmpty { outgoing = outgoing.dropFirst(try socket?.send(outgoing) ?? 0) }
            if isReadable, let event = try receive() { return event }
            // Whoever keeps sending what is of no use must not keep us here.
            if SystemClock.monotonicNanoseconds() >= deadline { return .timedOut }
        }
    }

    private mutating func connected() throws(AskFailure) -> Exchange.Event {
        isConnecting = false
        let code = socket?.connectionError ?? 0
        return code == 0 ? .connected : .failed(errno: code)
    }

    private mutating func receive() throws(AskFailure) -> Exchange.Event? {
        guard let count = try socket?.receive(into: &buffer) else { return nil }
        if carrier == .udp { return .datagram(Array(buffer[..<count])) }
        return count == 0 ? .ended : .bytes(Array(buffer[..<count]))
    }

    private static func event(of failure: AskFailure) -> Exchange.Event {
        switch failure {
        case .refused: .failed(errno: ECONNREFUSED)
        case .connectionEnded: .ended
        case .system(let code): .failed(errno: code)
        default: .timedOut
        }
    }
}
