internal import COpenSSL

/// What all TLS connections of one kind go by: who we are and whom we trust. TLS 1.3 and nothing older; no session is
/// resumed and no early data is taken.
///
/// Made once and never changed: new certificates are a new context, and sessions under way keep the one they have.
public final class TLSContext: @unchecked Sendable {
    // Sendable: the library counts references to an SSL_CTX and locks what sessions share; nothing here changes it
    // after `init`.
    let context: OpaquePointer
    let isServer: Bool
    /// The name a client asks for and the certificate must carry; nil where none is checked.
    let serverName: String?
    /// When our own certificate, or the first of those that lead to its authority, ends (Unix seconds); nil where we
    /// have none.
    public let notAfter: Int64?
    /// Kept for as long as a session may ask it.
    private let pin: TLSPin?

    /// A server's context. `unixSeconds` is the present, by which our own certificates must be valid.
    public init(
        server identity: TLSIdentity,
        clientCertificates: TLSClientCertificates = .none,
        unixSeconds: Int64
    ) throws(TLSContextError) {
        let settings = try TLSContextSettings(TLS_server_method())
        try settings.askClients(for: clientCertificates)
        notAfter = try settings.use(identity, unixSeconds: unixSeconds)
        isServer = true
        serverName = nil
        pin = nil
        context = settings.finish()
    }

    /// A client's context, with a certificate of its own where `identity` is given.
    public init(
        client trust: TLSServerTrust,
        identity: TLSIdentity? = nil,
        unixSeconds: Int64
    ) throws(TLSContextError) {
        let settings = try TLSContextSettings(TLS_client_method())
        pin = try settings.trust(trust)
        if case .authorities(_, let name, _) = trust { serverName = name } else { serverName = nil }
        if let identity {
            notAfter = try settings.use(identity, unixSeconds: unixSeconds)
        } else {
            notAfter = nil
        }
        isServer = false
        context = settings.finish()
    }

    deinit { SSL_CTX_free(context) }
}
