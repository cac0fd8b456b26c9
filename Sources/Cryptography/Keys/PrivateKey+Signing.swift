internal import COpenSSL

extension PrivateKey {
    /// This key's signature of `message`, in the form that `PublicKey.verifies` describes.
    ///
    /// All but RSA's and Ed25519's are different each time. Throws when `digest` is none for the key's kind, or longer
    /// than the modulus.
    public func signature(
        of message: [UInt8],
        digest: Digest,
        signerID: [UInt8] = PublicKey.signerIDDefault
    ) throws(OpenSSLError) -> [UInt8] {
        let context = try SignatureContext(handle, kind, digest, signerID: signerID, for: .signing)
        let signature = [UInt8].filled(byteCountMax: handle.outputByteCountMax) { target, byteCount in
            EVP_DigestSign(context.pointer, target, &byteCount, message, message.count) == 1
        }
        guard let signature else { throw .drain(during: "EVP_DigestSign") }
        return signature
    }
}
