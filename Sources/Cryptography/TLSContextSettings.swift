internal import COpenSSL

/// A context while it is being made.
final class TLSContextSettings {
    /// Bytes of certificates that a peer may show: chains of four RSA-4096 certificates have about 8 KiB.
    private static let peerCertificatesByteCountMax = 32 << 10

    /// RFC 1035 §2.3.4, less the root's own byte and a length.
    private static let nameByteCountMax = 253

    private let context: OpaquePointer

    /// An empty context with the bounds that hold for all.
    init(_ method: OpaquePointer?) throws(TLSContextError) {
        ERR_clear_error()
        guard let context = SSL_CTX_new(method) else { throw Self.refusal(of: "", during: "SSL_CTX_new") }
        self.context = context
        let version = Int(TLS1_3_VERSION)
        guard SSL_CTX_ctrl(context, SSL_CTRL_SET_MIN_PROTO_VERSION, version, nil) == 1,
            SSL_CTX_ctrl(context, SSL_CTRL_SET_MAX_PROTO_VERSION, version, nil) == 1,
            SSL_CTX_set_num_tickets(context, 0) == 1, setGroups() == 1
        else { throw Self.refusal(of: "", during: "SSL_CTX_ctrl") }
        SSL_CTX_set_options(context, HANJIANG_TLS_OPTIONS)
        SSL_CTX_ctrl(context, SSL_CTRL_MODE, HANJIANG_TLS_MODES, nil)
        SSL_CTX_ctrl(context, SSL_CTRL_SET_SESS_CACHE_MODE, Int(SSL_SESS_CACHE_OFF), nil)
        SSL_CTX_ctrl(context, SSL_CTRL_SET_MAX_CERT_LIST, Self.peerCertificatesByteCountMax, nil)
        SSL_CTX_set_security_level(context, 2)
    }

    /// The library's own list has finite-field groups of up to 8,192 bits too, with which a stranger's one hello would
    /// cost milliseconds.
    private func setGroups() -> Int {
        var names = Array("X25519:P-256:P-384".utf8CString)
        return SSL_CTX_ctrl(context, SSL_CTRL_SET_GROUPS_LIST, 0, &names)
    }

    deinit { SSL_CTX_free(context) }

    /// The context, of which the caller owns a reference.
    func finish() -> OpaquePointer {
        SSL_CTX_up_ref(context)
        return context
    }

    /// The first error that the library has left, as a fault of `file`.
    static func refusal(of file: String, during function: String) -> TLSContextError {
        TLSContextError(file: file, reason: .refused(.drain(during: function)))
    }

    // MARK: whom we trust

    func askClients(for certificates: TLSClientCertificates) throws(TLSContextError) {
        switch certificates {
        case .none:
            SSL_CTX_set_verify(context, SSL_VERIFY_NONE, nil)
        case .optional(let authorities):
            try trust(authoritiesIn: authorities, areNamedToClients: true)
            SSL_CTX_set_verify(context, SSL_VERIFY_PEER, nil)
        case .required(let authorities):
            try trust(authoritiesIn: authorities, areNamedToClients: true)
            SSL_CTX_set_verify(context, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nil)
        }
    }

    /// Returns the pin, which must live as long as the context.
    func trust(_ trust: TLSServerTrust) throws(TLSContextError) -> TLSPin? {
        SSL_CTX_set_verify(context, SSL_VERIFY_PEER, nil)
        let pin: TLSPin
        switch trust {
        case .authorities(let file, let name, let revoked):
            // To the library an empty name would mean that any will do.
            guard (1...Self.nameByteCountMax).contains(name.utf8.count), !name.utf8.contains(0) else {
                throw TLSContextError(file: "", reason: .serverName(name))
            }
            try self.trust(authoritiesIn: file, areNamedToClients: false)
            try goBy(TLSRevocationList.all(of: file), of: file)
            if let revoked { try goBy(TLSRevocationList.some(of: revoked), of: revoked) }
            return nil
        case .certificate(let file):
            guard let first = try TLSCertificate.all(of: file).first else { return nil }
            pin = TLSPin(.certificate, der: first.certificate.der)
        case .publicKey(let subjectPublicKeyInfo):
            pin = TLSPin(.publicKey, der: subjectPublicKeyInfo)
        case .anyone:
            pin = TLSPin(.anything, der: [])
        }
        pin.install(in: context)
        return pin
    }

    /// Authorities whose time has passed are taken too: collections hold some, and what they issued is refused when it
    /// is shown.
    private func trust(authoritiesIn file: TLSFile, areNamedToClients: Bool) throws(TLSContextError) {
        let store = SSL_CTX_get_cert_store(context)
        for (certificate, _) in try TLSCertificate.all(of: file) {
            guard X509_STORE_add_cert(store, certificate.x509) == 1,
                !areNamedToClients || SSL_CTX_add_client_CA(context, certificate.x509) == 1
            else { throw Self.refusal(of: file.name, during: "X509_STORE_add_cert") }
        }
    }

    /// With one list every authority on the way must have one: what cannot be checked is refused.
    private func goBy(_ lists: [TLSRevocationList], of file: TLSFile) throws(TLSContextError) {
        guard !lists.isEmpty else { return }
        let store = SSL_CTX_get_cert_store(context)
        for list in lists where X509_STORE_add_crl(store, list.list) != 1 {
            throw Self.refusal(of: file.name, during: "X509_STORE_add_crl")
        }
        X509_STORE_set_flags(store, UInt(X509_V_FLAG_CRL_CHECK | X509_V_FLAG_CRL_CHECK_ALL))
    }

    // MARK: who we are

    /// Returns the first second, Unix time, at which one of the certificates has ended.
    func use(_ identity: TLSIdentity, unixSeconds: Int64) throws(TLSContextError) -> Int64? {
        let file = identity.certificates.name
        let certificates = try TLSCertificate.all(of: identity.certificates)
        for (certificate, line) in certificates {
            guard certificate.notAfter >= unixSeconds else {
                throw TLSContextError(file: file, reason: .expired(line: line, unixSeconds: certificate.notAfter))
            }
            guard certificate.notBefore <= unixSeconds else {
                throw TLSContextError(file: file, reason: .notYetValid(line: line, unixSeconds: certificate.notBefore))
            }
        }
        let key = try TLSPrivateKey(identity.privateKey)
        for (place, (certificate, _)) in certificates.enumerated() {
            try place == 0 ? use(certificate, key: key, of: identity) : add(certificate, of: file)
        }
        return certificates.map(\.certificate.notAfter).min()
    }

    private func use(
        _ certificate: TLSCertificate,
        key: TLSPrivateKey,
        of identity: TLSIdentity
    ) throws(TLSContextError) {
        let (certificates, keyFile) = (identity.certificates.name, identity.privateKey.name)
        guard X509_check_private_key(certificate.x509, key.key) == 1 else {
            ERR_clear_error()
            throw TLSContextError(file: keyFile, reason: .keyDoesNotMatch(certificates: certificates))
        }
        guard SSL_CTX_use_certificate(context, certificate.x509) == 1 else {
            throw Self.refusal(of: certificates, during: "SSL_CTX_use_certificate")
        }
        guard SSL_CTX_use_PrivateKey(context, key.key) == 1 else {
            throw Self.refusal(of: keyFile, during: "SSL_CTX_use_PrivateKey")
        }
    }

    private func add(_ certificate: TLSCertificate, of file: String) throws(TLSContextError) {
        // 1: the context takes a reference of its own.
        guard SSL_CTX_ctrl(context, SSL_CTRL_CHAIN_CERT, 1, UnsafeMutableRawPointer(certificate.x509)) == 1 else {
            throw Self.refusal(of: file, during: "SSL_CTX_add1_chain_cert")
        }
    }
}
