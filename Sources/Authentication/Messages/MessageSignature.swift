public import Cryptography
public import ResolutionProtocol

/// Messages signed with a key: certified responses, `HS_SIGNED` (security.md §6).
public enum MessageSignature {
    /// Type of the credential.
    public static let type = Array("HS_SIGNED".utf8)
    /// Type of the same in old software; accepted, not written.
    static let oldType = Array("HS_DSAPUBKEY".utf8)

    /// The credential with which `key` vouches for `message`. `counter` is that of the session, 0 outside one.
    ///
    /// Versions 2.6 of messages are refused: their layout is a defect of the reference software.
    public static func credential(
        for message: CoveredMessage,
        key: PrivateKey,
        counter: UInt32 = 0
    ) throws(ProofRefusal) -> Credential {
        let content = try content(of: message, counter: counter)
        let scheme = SignatureScheme(for: key.kind, version: message.envelope.version)
        let signature = try ProofRefusal.wrapping { () throws(OpenSSLError) in
            try key.signature(of: content, digest: scheme.digest)
        }
        return Credential(sessionCounter: counter, type: type, digestAlgorithm: scheme.name, signature: signature)
    }

    /// Whether the credential of `message` is a signature of it by `key`.
    ///
    /// Throws when there is no such credential, or it is weaker than `policy` allows.
    public static func isValid(
        of message: CoveredMessage,
        key: PublicKey,
        policy: SignaturePolicy = .standard
    ) throws(ProofRefusal) -> Bool {
        guard let credential = message.credential, [type, oldType].contains(credential.type) else {
            throw .noCredential
        }
        guard credential.hasPlainForm else { throw .malformed }
        let scheme = try SignatureScheme(named: credential.digestAlgorithm, for: key.kind)
        try policy.check(scheme.weaknesses(bitCount: key.bitCount, policy: policy))
        let content = try content(of: message, counter: credential.sessionCounter)
        return try ProofRefusal.wrapping { () throws(OpenSSLError) in
            try key.verifies(credential.signature, of: content, digest: scheme.digest)
        }
    }

    /// The octets that are signed: below 2.6 header and body alone.
    public static func content(of message: CoveredMessage, counter: UInt32) throws(ProofRefusal) -> [UInt8] {
        let version = message.envelope.version
        guard version >= ProtocolVersion(2, 6) else { return message.headerAndBody }
        guard version >= ProtocolVersion(2, 7) else { throw .unsupportedVersion(version) }
        return CredentialContent.numbered(message, counter: counter)
    }
}
