internal import COpenSSL

/// The one certificate or key that a client takes for its server's; or whichever it shows.
final class TLSPin: Sendable {
    enum Kind: Sendable {
        case certificate
        case publicKey
        /// `der` is empty.
        case anything
    }

    private let kind: Kind
    private let der: [UInt8]

    init(_ kind: Kind, der: [UInt8]) {
        self.kind = kind
        self.der = der
    }

    /// Has `context` accept this and nothing else. The pin must outlive the context and all sessions made by it.
    func install(in context: OpaquePointer) {
        let pin = Unmanaged.passUnretained(self).toOpaque()
        SSL_CTX_set_cert_verify_callback(
            context,
            { store, pin in
                guard let store, let pin else { return 0 }
                return Unmanaged<TLSPin>.fromOpaque(pin).takeUnretainedValue().accepts(store) ? 1 : 0
            },
            pin
        )
    }

    private func accepts(_ store: OpaquePointer) -> Bool {
        guard let shown = X509_STORE_CTX_get0_cert(store), X509_up_ref(shown) == 1 else { return false }
        let certificate = TLSCertificate(takingOwnershipOf: shown)
        let found = kind == .certificate ? certificate.der : certificate.subjectPublicKeyInfo
        let isSame = kind == .anything || !found.isEmpty && found == der
        X509_STORE_CTX_set_error(store, isSame ? X509_V_OK : X509_V_ERR_APPLICATION_VERIFICATION)
        return isSame
    }
}
