internal import Cryptography
internal import EventLoop
internal import Glibc
internal import ResolutionClient

/// A connection being made or open, and the TLS session over it where there is one: plaintext in and out.
final class StreamLink {
    /// What is read at a time.
    final class Memory {
        var plaintext = [UInt8](repeating: 0, count: 262_144)
        /// Half of what a session holds.
        var ciphertext = [UInt8](repeating: 0, count: 32_768)
    }

    private let socket: ClientSocket
    private var session: TLSSession?
    private var isConnected = false
    private var hasEnded = false
    /// Ciphertext that the socket has not taken.
    private var unsent: [UInt8] = []
    private var unsentStart = 0

    /// Begins to connect.
    init(_ plan: StreamPlan) throws(AskFailure) {
        socket = try ClientSocket.connecting(.tcp, to: plan.target, from: plan.sources.next())
        session = nil
        if let security = plan.security { session = try Self.session(security) }
    }

    private static func session(_ security: TLSContext) throws(AskFailure) -> TLSSession {
        do throws(OpenSSLError) {
            return try TLSSession(security)
        } catch {
            throw .notSecured(.violation(error))
        }
    }

    var descriptor: Int32 { socket.descriptor }

    /// Whether it waits to be written.
    var isSending: Bool { !isConnected || hasCiphertext }

    private var hasCiphertext: Bool { unsentStart < unsent.count || (session?.ciphertextByteCount ?? 0) > 0 }

    /// Goes on with connecting and shaking hands; whether both are done. Throws where they cannot be.
    func advance(_ memory: Memory) throws(AskFailure) -> Bool {
        if !isConnected {
            guard case .ready = try socket.wait(forWriting: true, forReading: false, until: 0) else { return false }
            let code = socket.connectionError
            guard code == 0 else { throw AskFailure(errno: code) }
            isConnected = true
        }
        guard session != nil else { return true }
        while session?.state == .handshaking {
            try sendCiphertext()
            guard try receiveCiphertext(memory) else { break }
        }
        try sendCiphertext()
        try throwFailure()
        return session?.state == .open
    }

    /// Waits until it can go on, or `deadline` of the monotonic clock is past; whether it can.
    func wait(until deadline: UInt64) throws(AskFailure) -> Bool {
        guard case .ready = try socket.wait(forWriting: isSending, forReading: isConnected, until: deadline) else {
            return false
        }
        return true
    }

    /// Takes what it can of `bytes` and returns how many; what is encrypted goes out as the socket takes it.
    func send(_ bytes: ArraySlice<UInt8>) throws(AskFailure) -> Int {
        guard session != nil else { return try socket.send(bytes) }
        var count = 0
        while count < bytes.count {
            let taken = bytes.dropFirst(count).withUnsafeBytes { session?.write(RawSpan(_unsafeBytes: $0)) ?? 0 }
            try sendCiphertext()
            guard taken > 0 else { break }
            count += taken
        }
        try throwFailure()
        return count
    }

    /// Sends what has been encrypted, as far as the socket takes it.
    func sendCiphertext() throws(AskFailure) {
        while session != nil {
            if unsentStart == unsent.count {
                unsent = [UInt8](repeating: 0, count: session?.ciphertextByteCount ?? 0)
                unsentStart = 0
                let count = unsent.withUnsafeMutableBytes { session?.takeCiphertext(into: $0) ?? 0 }
                guard count > 0 else { return }
            }
            let sent = try socket.send(unsent[unsentStart...])
            guard sent > 0 else { return }
            unsentStart += sent
        }
    }

    /// Fills the memory's plaintext and returns how many bytes came; nil: none; 0: the stream's end.
    func receive(_ memory: Memory) throws(AskFailure) -> Int? {
        guard session != nil else { return try socket.receive(into: &memory.plaintext) }
        var filled = 0
        while true {
            filled += memory.plaintext.withUnsafeMutableBytes { room in
                session?.takePlaintext(into: UnsafeMutableRawBufferPointer(rebasing: room[filled...])) ?? 0
            }
            guard filled < memory.plaintext.count, try receiveCiphertext(memory) else { break }
        }
        try sendCiphertext()
        if filled > 0 { return filled }
        try throwFailure()
        return hasEnded || session?.peerHasClosed == true ? 0 : nil
    }

    /// Reads once; whether anything came.
    private func receiveCiphertext(_ memory: Memory) throws(AskFailure) -> Bool {
        guard !hasEnded, (session?.ciphertextRoom ?? 0) >= memory.ciphertext.count,
            let count = try socket.receive(into: &memory.ciphertext)
        else { return false }
        guard count > 0 else {
            hasEnded = true
            session?.receiveEnd()
            return false
        }
        memory.ciphertext.withUnsafeBytes { bytes in
            _ = session?.receive(RawSpan(_unsafeBytes: UnsafeRawBufferPointer(rebasing: bytes[..<count])))
        }
        return true
    }

    private func throwFailure() throws(AskFailure) {
        if case .failed(let failure)? = session?.state { throw .notSecured(failure) }
    }

    /// Says that nothing more will be sent, as far as the socket takes that at once.
    func sayGoodbye() {
        guard session?.state == .open else { return }
        session?.close()
        try? sendCiphertext()
    }
}
