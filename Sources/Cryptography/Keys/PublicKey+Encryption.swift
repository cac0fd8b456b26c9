internal import COpenSSL

extension PublicKey {
    /// `plaintext` for the owner of the private key, different each time.
    ///
    /// RSA: PKCS#1 v1.5, at most 11 bytes less than the modulus. SM2: C1‖C3‖C2 (GB/T 32918.4-2016) with C1 = 04 ‖ x ‖
    /// y, at least one byte. Throws for other kinds.
    public func encrypt(_ plaintext: [UInt8]) throws(OpenSSLError) -> [UInt8] {
        let function = "EVP_PKEY_encrypt"
        guard kind == .rsa || kind == .sm2 else { throw .refused("a key of kind \(kind)", by: function) }
        let context = try KeyContext(handle)
        guard EVP_PKEY_encrypt_init(context.pointer) == 1 else { throw .drain(during: "EVP_PKEY_encrypt_init") }
        if kind == .rsa { try context.usePKCS1Padding() }
        var byteCountMax = 0
        guard EVP_PKEY_encrypt(context.pointer, nil, &byteCountMax, plaintext, plaintext.count) == 1 else {
            throw .drain(during: function)
        }
        let ciphertext = [UInt8].filled(byteCountMax: byteCountMax) { target, byteCount in
            EVP_PKEY_encrypt(context.pointer, target, &byteCount, plaintext, plaintext.count) == 1
        }
        guard let ciphertext else { throw .drain(during: function) }
        guard kind == .sm2 else { return ciphertext }
        guard let parts = try? SM2Ciphertext(der: ciphertext) else {
            throw .refused("a ciphertext that cannot be read", by: function)
        }
        return parts.raw
    }
}
