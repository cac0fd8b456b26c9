internal import COpenSSL

/// One TLS 1.3 connection, without a socket: whoever has one moves ciphertext in and out, plaintext out and in.
///
/// What it holds is bounded: 64 KiB of ciphertext in each direction and one record (16 KiB) of plaintext. After each
/// call the caller sends what `takeCiphertext` gives; an alert waits there even after a failure. No call blocks, and
/// nothing the peer sends does more than end this session (reliability case R8).
public struct TLSSession: ~Copyable, @unchecked Sendable {
    // Sendable: it has one owner at a time, and all that the library keeps for it hangs on `ssl`. What it shares with
    // other sessions hangs on `context`, which says why that holds.

    /// Where a session is.
    public enum State: Hashable, Sendable {
        /// Not agreed yet: no plaintext goes either way.
        case handshaking
        /// Agreed.
        case open
        /// One side has said that it sends no more.
        case closing
        /// Over.
        case failed(TLSFailure)
    }

    /// Where it is.
    public internal(set) var state = State.handshaking

    let ssl: OpaquePointer
    let incoming = TLSCiphertext()
    let outgoing = TLSCiphertext()
    private let context: TLSContext

    /// A session of `context`. A client's first flight is there at once.
    ///
    /// `unixSeconds` is the time at which the peer's certificate must be valid; without one it is the library's own.
    public init(_ context: TLSContext, unixSeconds: Int64? = nil) throws(OpenSSLError) {
        ERR_clear_error()
        guard let ssl = SSL_new(context.context) else { throw .drain(during: "SSL_new") }
        do throws(OpenSSLError) {
            try Self.prepare(ssl, for: context, incoming: incoming, outgoing: outgoing)
        } catch {
            SSL_free(ssl)
            throw error
        }
        if let unixSeconds { X509_VERIFY_PARAM_set_time(SSL_get0_param(ssl), Int(unixSeconds)) }
        self.ssl = ssl
        self.context = context
        if !context.isServer { shakeHands() }
    }

    deinit { SSL_free(ssl) }

    private static func prepare(
        _ ssl: OpaquePointer,
        for context: TLSContext,
        incoming: TLSCiphertext,
        outgoing: TLSCiphertext
    ) throws(OpenSSLError) {
        // Each is the session's own at once, so that nothing is left where the second fails.
        for (ciphertext, give) in [(incoming, SSL_set0_rbio), (outgoing, SSL_set0_wbio)] {
            guard let bio = TLSCiphertextBIO.make(over: ciphertext) else { throw .drain(during: "BIO_new") }
            give(ssl, bio)
        }
        guard !context.isServer else { return SSL_set_accept_state(ssl) }
        SSL_set_connect_state(ssl)
        if let name = context.serverName { try expect(serverName: name, in: ssl) }
    }

    /// Asks for the server called `name` and demands that its certificate says so.
    private static func expect(serverName name: String, in ssl: OpaquePointer) throws(OpenSSLError) {
        if X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(ssl), name) == 1 { return }
        ERR_clear_error()
        SSL_set_hostflags(ssl, UInt32(X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS))
        let isAskedFor = name.withCString {
            SSL_ctrl(
                ssl,
                SSL_CTRL_SET_TLSEXT_HOSTNAME,
                Int(TLSEXT_NAMETYPE_host_name),
                UnsafeMutableRawPointer(mutating: $0)
            )
        }
        guard isAskedFor == 1, SSL_set1_host(ssl, name) == 1 else { throw .drain(during: "SSL_set1_host") }
    }

    /// The certificate that the peer has shown; nil where it has none, or not yet.
    public var peerCertificate: TLSPeerCertificate? {
        guard state != .handshaking, let x509 = SSL_get1_peer_certificate(ssl) else { return nil }
        return TLSPeerCertificate(TLSCertificate(takingOwnershipOf: x509))
    }

    /// Whether the peer has said that it sends no more (close_notify).
    public var peerHasClosed: Bool { SSL_get_shutdown(ssl) & SSL_RECEIVED_SHUTDOWN != 0 }

    /// Whether we have said so.
    public var hasClosed: Bool { SSL_get_shutdown(ssl) & SSL_SENT_SHUTDOWN != 0 }
}
