internal import Cryptography

/// Names of digests on the wire (security.md §1): texts, or one octet.
///
/// Compared byte by byte: a name that differs by a bit is another one, so that no bit of a proof can be changed unseen.
enum DigestName {
    /// The digest of `name`; nil for names that are not known.
    static func digest(named name: [UInt8]) -> Digest? {
        switch name {
        case [1], Array("MD5".utf8): .md5
        case [2], Array("SHA1".utf8), Array("SHA-1".utf8): .sha1
        case [3], Array("SHA-256".utf8), Array("SHA256".utf8): .sha256
        case Array("SM3".utf8): .sm3
        default: nil
        }
    }

    /// The name as it is written.
    static func name(of digest: Digest) -> [UInt8] {
        switch digest {
        case .md5: Array("MD5".utf8)
        case .sha1: Array("SHA1".utf8)
        case .sha256: Array("SHA-256".utf8)
        case .sm3: Array("SM3".utf8)
        }
    }

    /// What is weak about `digest`.
    static func weaknesses(of digest: Digest) -> [AlgorithmWeakness] {
        switch digest {
        case .md5: [.md5]
        case .sha1: [.sha1]
        case .sha256, .sm3: []
        }
    }
}
