internal import COpenSSL

/// The certificate that the other side has shown and holds the key of.
public struct TLSPeerCertificate: Hashable, Sendable {
    /// The certificate, DER.
    public let der: [UInt8]
    /// Its public key, SubjectPublicKeyInfo, DER.
    public let subjectPublicKeyInfo: [UInt8]
    /// The subject's UID attribute (0.9.2342.19200300.100.1.1), UTF-8; nil where there is not exactly one.
    public let userID: [UInt8]?
    /// The subject's CN attribute, UTF-8; nil where there is not exactly one.
    public let commonName: [UInt8]?

    init(_ certificate: TLSCertificate) {
        der = certificate.der
        subjectPublicKeyInfo = certificate.subjectPublicKeyInfo
        userID = certificate.subjectAttribute(NID_userId)
        commonName = certificate.subjectAttribute(NID_commonName)
    }

    /// Whom it claims to be, by its UID or else its CN (security.md §8). Nothing but a claim: the key must be that of
    /// the value named.
    public var identity: TLSPeerIdentity? { (userID ?? commonName).flatMap(TLSPeerIdentity.init(_:)) }
}
