public import ResolutionProtocol

extension Challenge {
    /// Octets of a nonce (security.md §2).
    public static let nonceByteCount = 16

    /// What an answer proves knowledge of a key with: nonce, then digest of the request (security.md §§3-4).
    var content: [UInt8] { nonce + requestDigest.bytes }
}

extension ChallengeVerification {
    /// The challenge whose answer is in doubt.
    public var challenge: Challenge { Challenge(nonce: nonce, requestDigest: requestDigest) }
}

extension Envelope {
    /// The version in which a challenge in this envelope is answered: the lower of its own and the suggested one
    /// (security.md §3).
    public var proofVersion: ProtocolVersion { min(version, answerVersion) }
}
