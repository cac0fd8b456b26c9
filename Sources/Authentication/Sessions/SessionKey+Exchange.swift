public import Cryptography
internal import ResolutionProtocol

extension SessionKey {
    /// The octets that are encrypted to hand this key over: the cipher's number, then the key. Without the number below
    /// 2.2, and in mode 2, where the client chooses (security.md §7.1).
    public func exchanged(hasCipher: Bool) -> [UInt8] {
        hasCipher ? cipher.rawValue.wire + bytes : bytes
    }

    /// The key in octets that were decrypted. Without a number in front the length tells the cipher.
    public init(exchanged octets: [UInt8]) throws(ProofRefusal) {
        if let cipher = [SessionCipher.des, .tripleDES, .aes].first(where: { $0.keyByteCount == octets.count }) {
            self.init(unchecked: cipher, octets)
            return
        }
        guard let number = try? UInt32(wire: Array(octets.prefix(4))), let cipher = SessionCipher(rawValue: number),
            octets.count == 4 + cipher.keyByteCount
        else { throw .malformed }
        self.init(unchecked: cipher, Array(octets.dropFirst(4)))
    }

    /// This key for the owner of `key`: what modes 1 and 3 answer, and what op 402 carries.
    public func encrypted(for key: PublicKey, hasCipher: Bool) throws(OpenSSLError) -> [UInt8] {
        try key.encrypt(exchanged(hasCipher: hasCipher))
    }

    /// The key that was encrypted for the owner of `key`. Whatever is wrong is `.undecryptable`.
    ///
    /// A server that decrypts for a stranger goes on with a random key where this throws, so that nobody learns from
    /// the answer how the padding was (RFC 5246 §7.4.7.1).
    public init(encrypted ciphertext: [UInt8], for key: PrivateKey) throws(ProofRefusal) {
        guard let octets = try? key.decrypt(ciphertext), let key = try? SessionKey(exchanged: octets) else {
            throw .undecryptable
        }
        self = key
    }
}
