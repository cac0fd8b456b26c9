internal import Cryptography
internal import ResolutionProtocol

/// How a key of a kind signs: which digest, and under which name it goes on the wire (security.md §§4, 6).
struct SignatureScheme: Hashable, Sendable {
    /// The kind of the key.
    let kind: KeyKind
    /// The digest; Ed25519 has its own and does not look at it.
    let digest: Digest

    /// The name of the one digest that Ed25519 has. The protocol does not know such keys: it is ours.
    static let edwardsName = Array("EdDSA".utf8)

    /// What `key` signs with in messages of `version`.
    init(for kind: KeyKind, version: ProtocolVersion) {
        self.kind = kind
        digest =
            switch kind {
            case .rsa: version >= ProtocolVersion(2, 7) ? .sha256 : .sha1
            case .dsa: version >= ProtocolVersion(2, 11) ? .sha256 : .sha1
            case .ec, .ed25519: .sha256
            case .sm2: .sm3
            }
    }

    /// What a signature of a key of `kind` was made with that names `name`.
    init(named name: [UInt8], for kind: KeyKind) throws(ProofRefusal) {
        self.kind = kind
        guard kind != .ed25519 else {
            guard name == Self.edwardsName else { throw .unsuitableAlgorithm(name) }
            digest = .sha256
            return
        }
        guard let digest = DigestName.digest(named: name) else { throw .unknownAlgorithm(name) }
        guard (digest == .sm3) == (kind == .sm2) else { throw .unsuitableAlgorithm(name) }
        self.digest = digest
    }

    /// The name as it is written.
    var name: [UInt8] { kind == .ed25519 ? Self.edwardsName : DigestName.name(of: digest) }

    /// What is weak about a signature by a key of `bitCount` bits.
    func weaknesses(bitCount: Int, policy: SignaturePolicy) -> [AlgorithmWeakness] {
        let ofDigest = DigestName.weaknesses(of: digest)
        switch kind {
        case .rsa
        where bitCount < SignaturePolicy.standard.minimumRSABitCount
            || bitCount < policy.minimumRSABitCount:
            return ofDigest + [.shortRSA(bitCount: bitCount)]
        case .dsa: return ofDigest + [.dsa(bitCount: bitCount)]
        case .rsa, .ec, .ed25519, .sm2: return ofDigest
        }
    }
}
