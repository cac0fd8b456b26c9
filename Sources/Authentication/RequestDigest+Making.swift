public import Cryptography
public import ResolutionProtocol

extension DigestAlgorithm {
    /// The digest that the octet names.
    public var digest: Digest {
        switch self {
        case .md5: .md5
        case .sha1: .sha1
        case .sha256: .sha256
        }
    }
}

extension RequestDigest {
    /// The digest of a request as a response of `version` repeats it (wire.md §4.2), over its `headerAndBody` as sent.
    public init(of headerAndBody: [UInt8], version: ProtocolVersion) throws(OpenSSLError) {
        let algorithm = version.requestDigestAlgorithm
        self.init(
            algorithm: version.hasDigestOctet ? algorithm : nil,
            bytes: try algorithm.digest.digest(of: headerAndBody)
        )
    }

    /// Whether this is the digest of `headerAndBody`. Goes by the octet, never by a version; without one it is MD5.
    public func matches(_ headerAndBody: [UInt8]) throws(OpenSSLError) -> Bool {
        let found = try (algorithm ?? .md5).digest.digest(of: headerAndBody)
        return ConstantTime.areEqual(found, bytes)
    }
}
