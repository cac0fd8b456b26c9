internal import COpenSSL

extension PrivateKey {
    /// What `PublicKey.encrypt` was given.
    ///
    /// SM2 also takes C1‖C2‖C3 and the form in ASN.1. Throws for keys of other kinds, and one and the same error
    /// whatever is wrong with `ciphertext`. RSA with PKCS#1 v1.5 still tells by its time whether the padding was right:
    /// whoever answers a stranger goes on with a random key instead of answering at once (RFC 5246 §7.4.7.1).
    public func decrypt(_ ciphertext: [UInt8]) throws(OpenSSLError) -> [UInt8] {
        guard kind == .rsa || kind == .sm2 else {
            throw .refused("a key of kind \(kind)", by: Self.decryption)
        }
        for form in kind == .rsa ? [ciphertext] : Self.sm2Forms(of: ciphertext) {
            if let plaintext = try plaintext(of: form) { return plaintext }
        }
        throw .refused("no ciphertext for this key", by: Self.decryption)
    }

    private static let decryption = "EVP_PKEY_decrypt"

    /// Nil when the library refuses `ciphertext`; its reasons are thrown away unread.
    private func plaintext(of ciphertext: [UInt8]) throws(OpenSSLError) -> [UInt8]? {
        let context = try KeyContext(handle)
        guard EVP_PKEY_decrypt_init(context.pointer) == 1 else { throw .drain(during: "EVP_PKEY_decrypt_init") }
        if kind == .rsa { try context.usePKCS1Padding() }
        defer { ERR_clear_error() }
        let byteCountMax = max(handle.outputByteCountMax, ciphertext.count)
        return [UInt8].filled(byteCountMax: byteCountMax) { target, byteCount in
            EVP_PKEY_decrypt(context.pointer, target, &byteCount, ciphertext, ciphertext.count) == 1
        }
    }

    /// What `ciphertext` may be, in the form that the library takes; its hash says which one is right.
    private static func sm2Forms(of ciphertext: [UInt8]) -> [[UInt8]] {
        if let parts = try? SM2Ciphertext(der: ciphertext) { return [parts.der] }
        return [SM2Ciphertext.Order.hashFirst, .hashLast].compactMap { order in
            try? SM2Ciphertext(raw: ciphertext, order).der
        }
    }
}
