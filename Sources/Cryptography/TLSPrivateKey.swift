internal import COpenSSL

/// The private key of a certificate: owns the library's object.
final class TLSPrivateKey {
    let key: OpaquePointer

    /// Reads the first private key of `file`.
    init(_ file: TLSFile) throws(TLSContextError) {
        guard let block = try TLSPEMBlock.all(of: file).first(where: { $0.label.hasSuffix("PRIVATE KEY") }) else {
            throw TLSContextError(file: file.name, reason: .missing(label: "PRIVATE KEY"))
        }
        var isEncrypted = false
        let key = withUnsafeMutablePointer(to: &isEncrypted) { isEncrypted in
            // Without a function of ours the library would ask on the terminal.
            block.read { PEM_read_bio_PrivateKey($0, nil, refusePassphrase, isEncrypted) }
        }
        ERR_clear_error()
        guard let key else {
            let reason: TLSContextError.Reason =
                isEncrypted ? .keyIsEncrypted(line: block.line) : .unreadable(line: block.line)
            throw TLSContextError(file: file.name, reason: reason)
        }
        self.key = key
    }

    deinit { EVP_PKEY_free(key) }
}

/// Notes that a passphrase was asked for, and gives none.
private func refusePassphrase(
    _: UnsafeMutablePointer<CChar>?,
    _: Int32,
    _: Int32,
    isEncrypted: UnsafeMutableRawPointer?
) -> Int32 {
    isEncrypted?.assumingMemoryBound(to: Bool.self).pointee = true
    return -1
}
