import Cryptography
import ResolutionProtocol

/// Digest of header and body of `request` as it goes on the wire (wire.md §4.2), with its algorithm's octet.
func digest(_ algorithm: DigestAlgorithm, of request: Message) -> RequestDigest? {
    let wire = request.wire
    let bodyByteCount = wire[40..<44].reduce(0) { $0 << 8 | Int($1) }
    let covered = Array(wire[20..<(44 + bodyByteCount)])
    let digest: Digest =
        switch algorithm {
        case .md5: .md5
        case .sha1: .sha1
        case .sha256: .sha256
        }
    return (try? digest.digest(of: covered)).map { RequestDigest(algorithm: algorithm, bytes: $0) }
}
