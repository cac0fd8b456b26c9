/// Whom a client takes for the server it wants.
public enum TLSServerTrust: Hashable, Sendable {
    /// Whoever one of the authorities (PEM) has given a certificate for `serverName`, a host name or an IP address.
    ///
    /// Where that file or `revoked` (PEM) holds lists of revoked certificates, nobody is taken whose authority has none
    /// among them that is good, or of whose certificates one is revoked.
    case authorities(TLSFile, serverName: String, revoked: TLSFile? = nil)
    /// The holder of this one certificate (PEM), whatever name and dates it carries.
    case certificate(TLSFile)
    /// The holder of this one key (SubjectPublicKeyInfo, DER), whatever certificate it comes in: how a site record
    /// names its servers (security.md §8).
    case publicKey(subjectPublicKeyInfo: [UInt8])
    /// Whoever answers: for measurements, where nothing said is secret.
    case anyone
}
