extension PrivateKey {
    /// A key in PEM: PKCS#8 plain or encrypted, PKCS#1 (`RSA PRIVATE KEY`) or SEC 1 (`EC PRIVATE KEY`); lines of any
    /// width that end in CRLF or LF.
    ///
    /// `passphrase` counts only where the key is encrypted. Throws `.passphraseNeeded` and `.wrongPassphrase` there;
    /// `.malformed` when there is no such block, `.unsupported` when the first block holds something else.
    public convenience init(pem: [UInt8], passphrase: [UInt8]? = nil) throws(KeyError) {
        let block = try PEMBlock(pem)
        switch block.label {
        case PEMBlock.privateKeyLabel: try self.init(pkcs8: block.bytes)
        case PEMBlock.encryptedPrivateKeyLabel:
            guard let passphrase else { throw .passphraseNeeded }
            try self.init(encryptedPKCS8: block.bytes, passphrase: passphrase)
        case PEMBlock.rsaPrivateKeyLabel: try self.init(rsaPrivateKey: block.bytes)
        case PEMBlock.ecPrivateKeyLabel: try self.init(ecPrivateKey: block.bytes, on: nil)
        default: throw .unsupported("PEM of \(block.label)")
        }
    }

    /// A key as PKCS#8 has it under a passphrase (RFC 5958 §3).
    ///
    /// Throws `.wrongPassphrase`; otherwise as `init(pkcs8:)`, and `.unsupported` for encryption that is not known or
    /// asks for over ten million rounds.
    public convenience init(encryptedPKCS8 der: [UInt8], passphrase: [UInt8]) throws(KeyError) {
        try self.init(pkcs8: try EncryptedKey.decrypt(der, passphrase: passphrase))
    }
}
