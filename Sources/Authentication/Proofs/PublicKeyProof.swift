public import Cryptography
public import ResolutionProtocol

/// The answer of one who has the private key of an `HS_PUBKEY` value to a challenge (security.md §4).
public struct PublicKeyProof: WireCodable, Hashable, Sendable {
    /// Name of the digest: a text, or one octet.
    public var digestName: [UInt8]
    /// RSA: PKCS#1 v1.5; DSA, EC and SM2: DER; Ed25519: 64 octets.
    public var signature: [UInt8]

    /// Puts an answer together.
    public init(digestName: [UInt8], signature: [UInt8]) {
        self.digestName = digestName
        self.signature = signature
    }

    public static var byteCountMin: Int { 8 }

    public init(from reader: inout WireReader) throws(WireError) {
        digestName = try reader.lengthPrefixedBytes()
        signature = try reader.lengthPrefixedBytes()
    }

    public func write(to writer: inout WireWriter) {
        writer.lengthPrefixedBytes(digestName)
        writer.lengthPrefixedBytes(signature)
    }
}

extension PublicKeyProof {
    /// Answers `challenge` with `key`, in the form of `version` (`Envelope.proofVersion` of the challenge). `user` is
    /// the identifier of the one who answers, without an index; it enters signatures of SM2 keys.
    public init(
        answering challenge: Challenge,
        version: ProtocolVersion,
        user: [UInt8],
        key: PrivateKey
    ) throws(OpenSSLError) {
        let scheme = SignatureScheme(for: key.kind, version: version)
        digestName = scheme.name
        signature = try key.signature(
            of: try Self.message(of: challenge, kind: key.kind),
            digest: scheme.digest,
            signerID: user
        )
    }

    /// Whether whoever made this has the private key of `key`. A signature of the wrong length or form is a wrong one.
    ///
    /// Throws when the digest is not known, does not go with the key, or is weaker than `policy` allows, as the key may
    /// be.
    public func proves(
        _ key: PublicKey,
        user: [UInt8],
        answering challenge: Challenge,
        policy: SignaturePolicy = .standard
    ) throws(ProofRefusal) -> Bool {
        let scheme = try SignatureScheme(named: digestName, for: key.kind)
        try policy.check(scheme.weaknesses(bitCount: key.bitCount, policy: policy))
        return try ProofRefusal.wrapping { () throws(OpenSSLError) in
            try key.verifies(
                signature,
                of: try Self.message(of: challenge, kind: key.kind),
                digest: scheme.digest,
                signerID: user
            )
        }
    }

    /// What is weak about this answer when it is `key`'s; none also where it proves nothing.
    public func weaknesses(with key: PublicKey, policy: SignaturePolicy) -> [AlgorithmWeakness] {
        let scheme = try? SignatureScheme(named: digestName, for: key.kind)
        return scheme?.weaknesses(bitCount: key.bitCount, policy: policy) ?? []
    }

    /// What is signed: the challenge's content; for SM2 keys its SM3, of which SM2 makes another (security.md §4.1).
    private static func message(of challenge: Challenge, kind: KeyKind) throws(OpenSSLError) -> [UInt8] {
        kind == .sm2 ? try Digest.sm3.digest(of: challenge.content) : challenge.content
    }
}
