internal import COpenSSL

extension PublicKey {
    /// Whether `signature` is this key's signature of `message`.
    ///
    /// RSA: PKCS#1 v1.5; DSA, EC and SM2: DER of r and s; Ed25519: 64 bytes. Ed25519 and SM2 have digests of their own,
    /// and `digest` is not looked at; `signerID` is the user id that goes into SM2's (at most 8,190 bytes).
    ///
    /// A wrong or malformed signature is an answer, not an error: both come off the network. Throws when the library
    /// cannot verify at all, as with a digest that the key's kind does not take.
    public func verifies(
        _ signature: [UInt8],
        of message: [UInt8],
        digest: Digest,
        signerID: [UInt8] = signerIDDefault
    ) throws(OpenSSLError) -> Bool {
        let context = try SignatureContext(handle, kind, digest, signerID: signerID, for: .verification)
        defer { ERR_clear_error() }
        return EVP_DigestVerify(context.pointer, signature, signature.count, message, message.count) == 1
    }
}
