internal import Cryptography
public import ResolutionProtocol

extension SessionKey {
    /// Type of the credential.
    public static let credentialType = Array("HS_MAC".utf8)
    private static let digestOctet: [UInt8] = [2]
    private static let hmacName = Array("HMAC-SHA256".utf8)

    /// The credential of `message` under this key. `counter` counts this side's messages of the session from 1.
    ///
    /// Versions 2.5 and 2.6 are refused: what their codes cover is a defect of the reference software.
    public func credential(for message: CoveredMessage, counter: UInt32) throws(ProofRefusal) -> Credential {
        Credential(
            sessionCounter: counter,
            type: Self.credentialType,
            digestAlgorithm: Self.isNumbered(message) ? Self.hmacName : Self.digestOctet,
            signature: try code(of: message, counter: counter)
        )
    }

    /// Whether the credential of `message` was made with this key. Its counter is for the session to judge; without one
    /// (0) it is refused.
    ///
    /// Throws when there is no such credential, or it is weaker than `policy` allows.
    public func isValid(
        of message: CoveredMessage,
        policy: SignaturePolicy = .standard
    ) throws(ProofRefusal) -> Bool {
        guard let credential = message.credential, credential.type == Self.credentialType else { throw .noCredential }
        guard credential.hasPlainForm, credential.sessionCounter != 0 else { throw .malformed }
        let isNumbered = Self.isNumbered(message)
        guard credential.digestAlgorithm == (isNumbered ? Self.hmacName : Self.digestOctet) else {
            throw .unknownAlgorithm(credential.digestAlgorithm)
        }
        if !isNumbered { try policy.check([.sha1]) }
        let wanted = try code(of: message, counter: credential.sessionCounter)
        return ConstantTime.areEqual(wanted, credential.signature)
    }

    /// Whether the code covers the envelope's numbers: from 2.7 on.
    private static func isNumbered(_ message: CoveredMessage) -> Bool {
        message.envelope.version >= ProtocolVersion(2, 7)
    }

    private func code(of message: CoveredMessage, counter: UInt32) throws(ProofRefusal) -> [UInt8] {
        let version = message.envelope.version
        guard version < ProtocolVersion(2, 5) || Self.isNumbered(message) else { throw .unsupportedVersion(version) }
        return try ProofRefusal.wrapping { () throws(OpenSSLError) in
            guard Self.isNumbered(message) else {
                return try Digest.sha1.digest(of: bytes + message.headerAndBody + bytes)
            }
            let content = CredentialContent.numbered(message, counter: counter)
            return try MessageAuthentication.hmac(.sha256, key: bytes, message: content)
        }
    }
}
