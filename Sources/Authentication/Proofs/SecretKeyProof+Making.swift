public import Cryptography
public import ResolutionProtocol

extension SecretKeyProof {
    /// Rounds that a new proof asks for: what the reference software writes.
    static let iterationCountMade: UInt32 = 10_000
    /// Bits of the derived key of a new proof.
    static let keyBitCountMade: UInt32 = 160
    /// Octets of a new proof's salt.
    static let saltByteCount = 16

    /// Answers `challenge` with `secret`, in the form of `version` (`Envelope.proofVersion` of the challenge).
    ///
    /// `salt` is for whoever must make the same answer again; without it, it is random.
    public init(
        answering challenge: Challenge,
        version: ProtocolVersion,
        secret: [UInt8],
        salt: [UInt8]? = nil
    ) throws(OpenSSLError) {
        let content = challenge.content
        if version >= ProtocolVersion(2, 7) {
            var proof = DerivedKeyProof(
                salt: try salt.orRandom(Self.saltByteCount),
                iterationCount: Self.iterationCountMade,
                keyBitCount: Self.keyBitCountMade,
                code: []
            )
            proof.code = try proof.code(of: content, password: DerivationPassword.reencoded(secret))
            self = .derived(proof)
        } else {
            let digest: Digest = version.hasDigestOctet ? .sha1 : .md5
            let code = try Self.keyedDigest(digest, of: content, secret: secret)
            self = .keyedDigest(digest, isTagged: version.hasDigestOctet, code: code)
        }
    }

    static func keyedDigest(
        _ digest: Digest,
        of content: [UInt8],
        secret: [UInt8]
    ) throws(OpenSSLError) -> [UInt8] {
        try digest.digest(of: secret + content + secret)
    }
}

extension DerivedKeyProof {
    /// The code of `content` under the key derived from `password`.
    func code(of content: [UInt8], password: [UInt8]) throws(OpenSSLError) -> [UInt8] {
        let key = try KeyDerivation.pbkdf2(
            .sha1,
            password: password,
            salt: salt,
            iterationCount: Int(iterationCount),
            byteCount: Int(keyBitCount / 8)
        )
        return try MessageAuthentication.hmac(.sha1, key: key, message: content)
    }
}
