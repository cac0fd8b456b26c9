/// Who one side of a connection is: its certificate and the key that proves it.
public struct TLSIdentity: Hashable, Sendable {
    /// PEM: the certificate itself, and after it those that lead to an authority.
    public let certificates: TLSFile
    /// PEM, not encrypted: PKCS#8, PKCS#1 or SEC 1.
    public let privateKey: TLSFile

    /// An identity of two files.
    public init(certificates: TLSFile, privateKey: TLSFile) {
        self.certificates = certificates
        self.privateKey = privateKey
    }
}
