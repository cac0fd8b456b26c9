internal import Cryptography
internal import EventLoop
internal import Resolution

/// TLS between a stream, which carries ciphertext, and a connection, which sees plaintext as if there were no TLS.
///
/// Belongs to the loop's thread. An idle one holds what the library keeps for a session, and no buffers.
final class SecureStream {
    let stream: ByteStream
    /// Set before the stream starts; its memory outlives the stream.
    var connection: UnsafeMutablePointer<Connection>?
    /// Nil while the key thread has it, and once it has been given up there.
    var session: TLSSession?
    let core: UnsafeMutablePointer<WorkerCore>
    /// Whether the connection wants plaintext.
    var isReading = false
    var isDelivering = false
    /// Whom the peer's certificate names.
    var certified: CertifiedIdentity?
    /// Ciphertext that waits for the handshake's next step.
    var early: [UInt8] = []
    /// The step that the key thread has the session for, 0 for none, and the bytes that it took along.
    var stepNumber: UInt64 = 0
    var stepByteCount = 0
    /// Whether the peer has ended while the session was away.
    var hasEndedEarly = false
    /// Whether the connection knows that the peer has ended.
    var hasToldEnd = false
    /// Plaintext of the connection's `write`, the connection's until it is told that it is written; nil: none.
    var part: UnsafeRawBufferPointer?
    /// Bytes of `part` that have become ciphertext.
    var partTaken = 0
    /// Bytes at the start of the next `part` that are ciphertext already.
    var encryptedAhead = 0
    /// Ciphertext that the stream is writing.
    var waiting: UnsafeMutableRawBufferPointer?
    /// Whether the stream is to end when all ciphertext has been given to it.
    var isToShutDown = false

    init(_ stream: ByteStream, session: consuming TLSSession, core: UnsafeMutablePointer<WorkerCore>) {
        self.stream = stream
        self.session = .some(session)
        self.core = core
    }

    deinit {
        releaseWaiting()
        giveUpHandshake()
    }

    func releaseWaiting() {
        guard let waiting else { return }
        core.pointee.changeBuffered(by: -waiting.count)
        waiting.deallocate()
        self.waiting = nil
    }

    func close(_ reason: Metric) { connection?.close(reason) }
}

extension StreamCallbacks {
    /// What libuv's events mean to TLS.
    static var secureStream: StreamCallbacks {
        StreamCallbacks(
            buffer: { SecureStream.at($0).takeUnretainedValue().readTarget($1) },
            received: { context, _, count in SecureStream.at(context).takeUnretainedValue().received(count) },
            ended: { SecureStream.at($0).takeUnretainedValue().ended($1) },
            written: { SecureStream.at($0).takeUnretainedValue().written($1) },
            shutDown: { context, _ in SecureStream.at(context).takeUnretainedValue().connection?.hasShutDown() },
            closed: { context in
                // The last reference, which `ConnectionStream` took.
                let secure = SecureStream.at(context).takeRetainedValue()
                guard let connection = secure.connection else { return }
                connection.deinitialize(count: 1)
                connection.deallocate()
            }
        )
    }
}

extension SecureStream {
    fileprivate static func at(_ context: UnsafeMutableRawPointer) -> Unmanaged<SecureStream> {
        Unmanaged<SecureStream>.fromOpaque(context)
    }
}
