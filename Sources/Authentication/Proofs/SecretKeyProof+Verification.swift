internal import Cryptography
public import ResolutionProtocol

extension SecretKeyProof {
    /// Whether whoever made this knows `secret`. Any form proves, whatever the version; how much of the code was right
    /// does not show in the time.
    ///
    /// Throws when the form is weaker than `policy` allows, or asks for more work than the bounds.
    public func proves(
        _ secret: [UInt8],
        answering challenge: Challenge,
        policy: SignaturePolicy = .standard
    ) throws(ProofRefusal) -> Bool {
        try policy.check(weaknesses)
        if case .derived(let proof) = self { try proof.checkWork() }
        return try ProofRefusal.wrapping { () throws(OpenSSLError) in
            try matches(secret, content: challenge.content)
        }
    }

    private func matches(_ secret: [UInt8], content: [UInt8]) throws(OpenSSLError) -> Bool {
        switch self {
        case .keyedDigest(let digest, _, let code):
            let wanted = try Self.keyedDigest(digest, of: content, secret: secret)
            return ConstantTime.areEqual(code, wanted)
        case .hmac(let digest, let code):
            let wanted = try MessageAuthentication.hmac(digest, key: secret, message: content)
            return ConstantTime.areEqual(code, wanted)
        case .derived(let proof):
            return try proof.matches(secret, content: content)
        }
    }
}

extension DerivedKeyProof {
    /// Refuses what would take too long, before it is begun.
    func checkWork() throws(ProofRefusal) {
        guard iterationCount > 0, keyBitCount > 0, keyBitCount.isMultiple(of: 8) else { throw .malformed }
        guard iterationCount <= SecretKeyProof.iterationCountMax, keyBitCount / 8 <= SecretKeyProof.keyByteCountMax
        else { throw .tooMuchWork }
    }

    /// Tries the password as the reference software encodes it, and as it is where that differs.
    func matches(_ secret: [UInt8], content: [UInt8]) throws(OpenSSLError) -> Bool {
        let reencoded = DerivationPassword.reencoded(secret)
        let isReencodedRight = ConstantTime.areEqual(code, try code(of: content, password: reencoded))
        guard reencoded != secret else { return isReencodedRight }
        let isPlainRight = ConstantTime.areEqual(code, try code(of: content, password: secret))
        return isReencodedRight || isPlainRight
    }
}
