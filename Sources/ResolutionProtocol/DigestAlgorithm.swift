/// A digest by the octet that names it on the wire (wire.md §4.2).
public enum DigestAlgorithm: UInt8, Sendable, CaseIterable {
    /// MD5, 16 bytes.
    case md5 = 1
    /// SHA-1, 20 bytes.
    case sha1 = 2
    /// SHA-256, 32 bytes.
    case sha256 = 3

    /// Length of the digest in bytes.
    public var byteCount: Int {
        switch self {
        case .md5: 16
        case .sha1: 20
        case .sha256: 32
        }
    }
}
