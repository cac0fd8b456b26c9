internal import Cryptography
internal import Resolution
internal import ResolutionProtocol
internal import Synchronization

/// A session on its way to the key thread, which goes on with its handshake, and back to its worker.
final class HandshakeStep: Sendable {
    /// By which the worker finds the connection again.
    let number: UInt64
    private let bytes: [UInt8]
    private let session: Mutex<TLSSession?>
    private let peer = Mutex<CertifiedIdentity?>(nil)

    /// `bytes` are what the peer has sent meanwhile.
    init(number: UInt64, bytes: [UInt8], session: consuming TLSSession) {
        self.number = number
        self.bytes = bytes
        self.session = Mutex(session)
    }

    /// Takes what the peer has sent. As long as a signature and a key exchange take.
    func run() {
        session.withLock { session in
            let bytes = self.bytes
            _ = session?.receive(bytes.span.bytes)
            guard session?.state == .open else { return }
            let certified = session?.peerCertificate.flatMap(CertifiedIdentity.init)
            peer.withLock { $0 = certified }
        }
    }

    /// The session, for the worker; once.
    func takeSession() -> TLSSession? { session.withLock { $0.take() } }

    /// Whom the peer's certificate names, once the handshake is done.
    var certified: CertifiedIdentity? { peer.withLock { $0 } }
}

extension CertifiedIdentity {
    /// What `certificate` says; nil: it names no administrator.
    fileprivate init?(_ certificate: TLSPeerCertificate) {
        guard let identity = certificate.identity else { return nil }
        self.init(
            reference: ValueReference(identifier: identity.identifier, index: identity.index),
            subjectPublicKeyInfo: certificate.subjectPublicKeyInfo
        )
    }
}
