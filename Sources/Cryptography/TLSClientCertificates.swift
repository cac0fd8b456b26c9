/// What a server asks of its clients' certificates. The file holds the authorities that may have issued them, PEM.
public enum TLSClientCertificates: Hashable, Sendable {
    /// None is asked for.
    case none
    /// One is asked for; who has none may go on, and who shows one that does not hold may not.
    case optional(authorities: TLSFile)
    /// One is demanded.
    case required(authorities: TLSFile)
}
