public import ResolutionProtocol

/// Whom a client's certificate names, and the key that TLS has seen the client hold (security.md §8). A claim, until
/// the named value turns out to hold that key.
public struct CertifiedIdentity: Hashable, Sendable {
    /// The value that is said to hold the key; index 0: any of the identifier's.
    public var reference: ValueReference
    /// The certificate's key, SubjectPublicKeyInfo, DER.
    public var subjectPublicKeyInfo: [UInt8]

    /// What a certificate says.
    public init(reference: ValueReference, subjectPublicKeyInfo: [UInt8]) {
        self.reference = reference
        self.subjectPublicKeyInfo = subjectPublicKeyInfo
    }
}
