extension PublicKey {
    /// A key in PEM: `PUBLIC KEY` (X.509) or `RSA PUBLIC KEY` (PKCS#1), lines of any width that end in CRLF or LF.
    ///
    /// Throws `.malformed` when there is no such block, `.unsupported` when the first block holds something else.
    public convenience init(pem: [UInt8]) throws(KeyError) {
        let block = try PEMBlock(pem)
        switch block.label {
        case PEMBlock.publicKeyLabel: try self.init(subjectPublicKeyInfo: block.bytes)
        case PEMBlock.rsaPublicKeyLabel: try self.init(rsaPublicKey: block.bytes)
        default: throw .unsupported("PEM of \(block.label)")
        }
    }
}
