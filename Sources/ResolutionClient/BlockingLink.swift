internal import Cryptography
internal import EventLoop
internal import Glibc

/// Does what an exchange says with sockets that block, and tells it what happened.
struct BlockingLink: ~Copyable {
    private let server: SocketAddress
    private let security: TLSContext?
    private let handshakeMilliseconds: Int
    private var channel: ClientChannel?
    private var deadline: UInt64 = 0
    private var isConnecting = false
    private var outgoing: ArraySlice<UInt8> = []
    private var buffer = [UInt8](repeating: 0, count: 65_536)
    /// What carried the last step.
    private(set) var carrier = AskError.Carrier.udp

    /// Connections to `server` are by TLS where there is `security`.
    init(server: SocketAddress, security: TLSContext?, handshakeMilliseconds: Int) {
        self.server = server
        self.security = security
        self.handshakeMilliseconds = handshakeMilliseconds
        channel = nil
    }

    mutating func perform(_ step: Exchange.Step) -> Exchange.Event {
        do throws(AskFailure) {
            switch step {
            case .send(let datagrams, let milliseconds):
                setDeadline(milliseconds)
                try send(datagrams)
            case .connect(let milliseconds):
                setDeadline(milliseconds)
                carrier = security == nil ? .tcp : .tls
                channel = ClientChannel(try ClientSocket.connecting(.tcp, to: server))
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

    /// Tells the server that no more will come.
    mutating func sayGoodbye() { channel?.sayGoodbye() }

    private mutating func setDeadline(_ milliseconds: Int) {
        deadline = SystemClock.deadline(afterMilliseconds: milliseconds)
    }

    private mutating func send(_ datagrams: [[UInt8]]) throws(AskFailure) {
        if channel == nil { channel = ClientChannel(try ClientSocket.connecting(.udp, to: server)) }
        // A datagram the socket has no room for is lost, as others are on the way; the next sending repeats it.
        for datagram in datagrams { _ = try channel?.send(datagram[...]) }
    }

    private mutating func nextEvent() throws(AskFailure) -> Exchange.Event {
        while true {
            let isWriting = isConnecting || !outgoing.isEmpty
            guard
                case .ready(let isReadable, let isWritable)? = try channel?.wait(
                    forWriting: isWriting,
                    forReading: !isConnecting,
                    until: deadline
                )
            else { return .timedOut }
            if isConnecting { return connected() }
            if isWritable, !outgoing.isEmpty { outgoing = outgoing.dropFirst(try channel?.send(outgoing) ?? 0) }
            if isReadable, let event = try receive() { return event }
            // Whoever keeps sending what is of no use must not keep us here.
            if SystemClock.monotonicNanoseconds() >= deadline { return .timedOut }
        }
    }

    private mutating func connected() -> Exchange.Event {
        isConnecting = false
        let code = channel?.connectionError ?? 0
        guard code == 0 else { return .failed(errno: code) }
        guard let security else { return .connected }
        do throws(AskFailure) {
            try channel?.secure(by: security, milliseconds: handshakeMilliseconds)
            return .connected
        } catch {
            return .broken(error)
        }
    }

    private mutating func receive() throws(AskFailure) -> Exchange.Event? {
        guard let count = try channel?.receive(into: &buffer) else { return nil }
        if carrier == .udp { return .datagram(Array(buffer[..<count])) }
        return count == 0 ? .ended : .bytes(Array(buffer[..<count]))
    }

    private static func event(of failure: AskFailure) -> Exchange.Event {
        switch failure {
        case .refused: .failed(errno: ECONNREFUSED)
        case .connectionEnded: .ended
        case .system(let code): .failed(errno: code)
        default: .broken(failure)
        }
    }
}
