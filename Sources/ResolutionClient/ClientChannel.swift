internal import Cryptography
internal import EventLoop

/// A connected socket, and TLS over it once that is agreed: who sends and receives by it sees plaintext, and does not
/// know which of the two it is.
///
/// Never goes back from TLS to plain. Bounded by its session, 64 KiB of ciphertext in each direction.
struct ClientChannel: ~Copyable {
    private static let readByteCount = 16 << 10

    private let socket: ClientSocket
    private var secured: Secured?
    /// Ciphertext that the socket has not taken yet.
    private var sealed: [UInt8] = []
    private var sealedStart = 0
    private var ciphertext: [UInt8] = []
    /// Whether plaintext may be there although nothing comes.
    private var mayHavePlaintext = false

    /// Lets the session be asked without taking it out of its place.
    private final class Secured {
        var session: TLSSession

        init(_ session: consuming TLSSession) { self.session = session }
    }

    /// Plain so far.
    init(_ socket: consuming ClientSocket) {
        self.socket = socket
        secured = nil
    }

    /// A TCP connection to `server`, by TLS where there is `security`.
    static func connecting(
        _ server: SocketAddress,
        security: TLSContext?,
        timeouts: AskTimeouts
    ) throws(AskFailure) -> ClientChannel {
        let socket = try ClientSocket.connecting(.tcp, to: server)
        let deadline = SystemClock.deadline(afterMilliseconds: timeouts.connect)
        guard case .ready = try socket.wait(forWriting: true, forReading: false, until: deadline) else {
            throw .connectTimedOut(milliseconds: timeouts.connect)
        }
        let code = socket.connectionError
        if code != 0 { throw AskFailure(errno: code) }
        var channel = ClientChannel(socket)
        if let security { try channel.secure(by: security, milliseconds: timeouts.handshake) }
        return channel
    }

    /// What became of a connection that was being made: 0 or an errno. Once the socket is writable.
    var connectionError: Int32 { socket.connectionError }

    /// Agrees on TLS within `milliseconds`; everything goes by it from then on, and nothing goes where that fails.
    mutating func secure(by context: TLSContext, milliseconds: Int) throws(AskFailure) {
        let deadline = SystemClock.deadline(afterMilliseconds: milliseconds)
        do throws(OpenSSLError) {
            secured = Secured(try TLSSession(context, unixSeconds: SystemClock.coarseRealtimeSeconds()))
        } catch {
            throw .notSecured(.violation(error))
        }
        ciphertext = [UInt8](repeating: 0, count: Self.readByteCount)
        try sendCiphertext()
        while secured?.session.state == .handshaking {
            guard
                case .ready(let isReadable, _) = try socket.wait(forWriting: hasCiphertext, until: deadline),
                SystemClock.monotonicNanoseconds() < deadline
            else { throw .handshakeTimedOut(milliseconds: milliseconds) }
            if isReadable, try receiveCiphertext() == 0 { secured?.session.receiveEnd() }
            try sendCiphertext()
        }
        if case .failed(let failure)? = secured?.session.state { throw .notSecured(failure) }
    }

    /// Waits until there is something to receive, or room to send, where wanted, or until `deadline`.
    mutating func wait(
        forWriting: Bool = false,
        forReading: Bool = true,
        until deadline: UInt64
    ) throws(AskFailure) -> ClientSocket.Readiness {
        if forReading, mayHavePlaintext { return .ready(readable: true, writable: false) }
        while true {
            let readiness = try socket.wait(
                forWriting: forWriting || hasCiphertext,
                forReading: forReading,
                until: deadline
            )
            guard case .ready(let isReadable, let isWritable) = readiness else { return readiness }
            if isWritable { try sendCiphertext() }
            if isReadable || forWriting { return readiness }
            if SystemClock.monotonicNanoseconds() >= deadline { return .timedOut }
        }
    }

    /// Sends what is taken of `bytes` and returns how many that were.
    mutating func send(_ bytes: ArraySlice<UInt8>) throws(AskFailure) -> Int {
        guard secured != nil else { return try socket.send(bytes) }
        var taken = 0
        while taken < bytes.count, !hasCiphertext {
            let rest = bytes.dropFirst(taken)
            let count = secured?.session.write(rest.span.bytes) ?? 0
            guard count > 0 else { break }
            taken += count
            try sendCiphertext()
        }
        try throwFailure()
        return taken
    }

    /// Receives what is there into `buffer` and returns how many bytes; nil: nothing is there; 0: the stream's end.
    mutating func receive(into buffer: inout [UInt8]) throws(AskFailure) -> Int? {
        guard secured != nil else { return try socket.receive(into: &buffer) }
        if let count = takePlaintext(into: &buffer) { return count }
        let received = try receiveCiphertext()
        if let count = takePlaintext(into: &buffer) { return count }
        try sendCiphertext()
        if secured?.session.peerHasClosed == true { return 0 }
        if received == 0 { secured?.session.receiveEnd() }
        try throwFailure()
        return nil
    }

    /// Says that no more will be sent, as far as the socket takes that at once.
    mutating func sayGoodbye() {
        guard secured?.session.state == .open else { return }
        secured?.session.close()
        try? sendCiphertext()
    }

    private var hasCiphertext: Bool {
        sealedStart < sealed.count || (secured?.session.ciphertextByteCount ?? 0) > 0
    }

    private mutating func takePlaintext(into buffer: inout [UInt8]) -> Int? {
        let count = buffer.withUnsafeMutableBytes { secured?.session.takePlaintext(into: $0) ?? 0 }
        mayHavePlaintext = count == buffer.count
        return count > 0 ? count : nil
    }

    /// Reads once, as much as the session takes; nil: nothing has come; 0: the stream's end.
    private mutating func receiveCiphertext() throws(AskFailure) -> Int? {
        guard (secured?.session.ciphertextRoom ?? 0) >= ciphertext.count,
            let count = try socket.receive(into: &ciphertext)
        else { return nil }
        _ = secured?.session.receive(ciphertext.span.bytes.extracting(..<count))
        return count
    }

    private mutating func sendCiphertext() throws(AskFailure) {
        while hasCiphertext {
            if sealedStart == sealed.count { unload() }
            let count = try socket.send(sealed[sealedStart...])
            guard count > 0 else { return }
            sealedStart += count
        }
    }

    /// Takes over what the session has for the peer.
    private mutating func unload() {
        var bytes = [UInt8](repeating: 0, count: secured?.session.ciphertextByteCount ?? 0)
        let count = bytes.withUnsafeMutableBytes { secured?.session.takeCiphertext(into: $0) ?? 0 }
        bytes.removeLast(bytes.count - count)
        sealed = bytes
        sealedStart = 0
    }

    /// A connection that breaks off is what it is without TLS; what is cut short is no message all the same.
    private func throwFailure() throws(AskFailure) {
        guard case .failed(let failure)? = secured?.session.state else { return }
        throw failure == .cut ? AskFailure.connectionEnded : AskFailure.notSecured(failure)
    }
}

extension SystemClock {
    /// The monotonic clock's time in so many milliseconds.
    static func deadline(afterMilliseconds count: Int) -> UInt64 {
        monotonicNanoseconds() &+ UInt64(max(0, count)) &* 1_000_000
    }
}
