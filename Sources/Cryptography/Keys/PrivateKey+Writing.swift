internal import COpenSSL

extension PrivateKey {
    /// Rounds of PBKDF2 in the files written here; reading takes what the file says, within `EncryptedKey`'s bound.
    public static let iterationCount = 100_000

    /// The key as PKCS#8 in DER (RFC 5958); with a passphrase, encrypted by PBES2 with PBKDF2-HMAC-SHA256 and
    /// AES-256-CBC (RFC 8018 §6.2).
    public func pkcs8(passphrase: [UInt8]? = nil) throws(OpenSSLError) -> [UInt8] {
        guard let info = EVP_PKEY2PKCS8(handle.key) else { throw .drain(during: "EVP_PKEY2PKCS8") }
        defer { PKCS8_PRIV_KEY_INFO_free(info) }
        var target: UnsafeMutablePointer<UInt8>?
        defer { hanjiang_free(target) }
        guard let passphrase else {
            let byteCount = i2d_PKCS8_PRIV_KEY_INFO(info, &target)
            return try Self.copy(target, byteCount, "i2d_PKCS8_PRIV_KEY_INFO")
        }
        guard let encrypted = Self.encrypt(info, passphrase) else { throw .drain(during: "PKCS8_encrypt") }
        defer { X509_SIG_free(encrypted) }
        let byteCount = i2d_X509_SIG(encrypted, &target)
        return try Self.copy(target, byteCount, "i2d_X509_SIG")
    }

    /// The same in PEM, `PRIVATE KEY` or `ENCRYPTED PRIVATE KEY`, with lines of 64 columns (RFC 7468 §10 and §11).
    public func pem(passphrase: [UInt8]? = nil) throws(OpenSSLError) -> [UInt8] {
        let label = passphrase == nil ? PEMBlock.privateKeyLabel : PEMBlock.encryptedPrivateKeyLabel
        return PEMBlock(label: label, bytes: try pkcs8(passphrase: passphrase)).text()
    }

    private static func encrypt(_ info: OpaquePointer, _ passphrase: [UInt8]) -> OpaquePointer? {
        let characters = passphrase.map { CChar(bitPattern: $0) }
        // -1: the scheme follows from the cipher, which makes it PBES2; the salt is random.
        return PKCS8_encrypt(
            -1,
            EVP_aes_256_cbc(),
            characters,
            Int32(characters.count),
            nil,
            0,
            Int32(iterationCount),
            info
        )
    }

    private static func copy(
        _ bytes: UnsafeMutablePointer<UInt8>?,
        _ byteCount: Int32,
        _ function: String
    ) throws(OpenSSLError) -> [UInt8] {
        guard byteCount > 0, let bytes else { throw .drain(during: function) }
        return Array(UnsafeBufferPointer(start: bytes, count: Int(byteCount)))
    }
}
