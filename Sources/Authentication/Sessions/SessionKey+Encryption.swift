public import Cryptography
public import ResolutionProtocol

extension SessionKey {
    /// Encrypts what follows the envelope of a message of `version`: header, body and credential (security.md §7.3).
    ///
    /// From 2.4 on the initialisation vector goes in front; SM4 takes its key for one and writes none (§7.5). `iv` is
    /// for whoever must make the same bytes again; without it, it is random.
    public func encrypt(
        _ plaintext: [UInt8],
        version: ProtocolVersion,
        iv: [UInt8]? = nil
    ) throws(OpenSSLError) -> [UInt8] {
        let cipher = cipher.cipher(for: version)
        guard self.cipher != .sm4 else { return try cipher.encrypt(plaintext, key: encryptionKey, iv: encryptionKey) }
        let iv = try iv.orRandom(cipher.ivByteCount)
        return iv + (try cipher.encrypt(plaintext, key: encryptionKey, iv: iv))
    }

    /// What `encrypt` was given; `.undecryptable` whatever is wrong.
    public func decrypt(_ ciphertext: [UInt8], version: ProtocolVersion) throws(ProofRefusal) -> [UInt8] {
        let cipher = cipher.cipher(for: version)
        let isKeyTheVector = self.cipher == .sm4
        let iv = isKeyTheVector ? encryptionKey : Array(ciphertext.prefix(cipher.ivByteCount))
        let blocks = isKeyTheVector ? ciphertext : Array(ciphertext.dropFirst(cipher.ivByteCount))
        guard let plaintext = try? cipher.decrypt(blocks, key: encryptionKey, iv: iv) else { throw .undecryptable }
        return plaintext
    }
}
