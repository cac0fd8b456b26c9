/// What makes a proof weaker than a new one would be. Whether that is allowed is the policy's to say.
public enum AlgorithmWeakness: Hashable, Sendable {
    /// MD5, in whatever construction.
    case md5
    /// SHA-1 as the digest of a signature or of a keyed digest; PBKDF2-HMAC-SHA1 does not count.
    case sha1
    /// A DSA key, with the bits of its p.
    case dsa(bitCount: Int)
    /// An RSA key of fewer bits than the policy wants.
    case shortRSA(bitCount: Int)
}

extension AlgorithmWeakness: CustomStringConvertible {
    public var description: String {
        switch self {
        case .md5: "MD5"
        case .sha1: "SHA-1"
        case .dsa(let bitCount): "DSA of \(bitCount) bits"
        case .shortRSA(let bitCount): "RSA of \(bitCount) bits"
        }
    }
}
