internal import EventLoop
internal import Resolution

/// What carries a connection's messages: a stream as it is, or TLS over one. Each call means what it means to a
/// `ByteStream`.
struct ConnectionStream {
    private let stream: ByteStream
    /// Kept alive by the stream, until that has been closed.
    private let secure: Unmanaged<SecureStream>?

    /// The stream as it is.
    init(_ stream: ByteStream) {
        self.stream = stream
        secure = nil
    }

    /// TLS over `secure`'s stream. It lives until `SecureStream.closed` gives it back.
    init(_ secure: SecureStream) {
        stream = secure.stream
        self.secure = Unmanaged.passRetained(secure)
    }

    /// Whether what comes and goes is protected.
    var isSecure: Bool { secure != nil }

    /// Whom the peer's certificate names; nil for a peer without one, or with one that names nobody.
    var certified: CertifiedIdentity? { secure?._withUnsafeGuaranteedRef { $0.certified } }

    func start(_ connection: UnsafeMutablePointer<Connection>) {
        if let secure {
            secure._withUnsafeGuaranteedRef { $0.connection = connection }
            stream.start(context: secure.toOpaque(), callbacks: .secureStream)
        } else {
            stream.start(context: UnsafeMutableRawPointer(connection), callbacks: .connection)
        }
    }

    func startReading() -> Int32 {
        guard let secure else { return stream.startReading() }
        return secure._withUnsafeGuaranteedRef { $0.startReading() }
    }

    func stopReading() {
        if let secure { secure._withUnsafeGuaranteedRef { $0.isReading = false } }
        stream.stopReading()
    }

    func tryWrite(_ bytes: UnsafeRawBufferPointer) -> Int {
        guard let secure else { return stream.tryWrite(bytes) }
        return secure._withUnsafeGuaranteedRef { $0.tryWrite(bytes) }
    }

    func write(_ bytes: UnsafeRawBufferPointer) -> Int32 {
        guard let secure else { return stream.write(bytes) }
        return secure._withUnsafeGuaranteedRef { $0.write(bytes) }
    }

    var unacknowledgedByteCount: Int {
        guard let secure else { return stream.unacknowledgedByteCount }
        return secure._withUnsafeGuaranteedRef { $0.unacknowledgedByteCount }
    }

    func shutDown() -> Int32 {
        guard let secure else { return stream.shutDown() }
        return secure._withUnsafeGuaranteedRef { $0.shutDown() }
    }

    func close() {
        if let secure { secure._withUnsafeGuaranteedRef { $0.giveUpHandshake() } }
        stream.close()
    }
}
