internal import COpenSSL

/// PKCS#8 under a passphrase (RFC 5958 §3): PBES2 with PBKDF2, or the older schemes of PKCS#5 and PKCS#12.
enum EncryptedKey {
    /// A file may ask for so many rounds and no more: they are what opening it costs.
    static let iterationCountMax = 10_000_000

    /// PKCS#8 in clear.
    ///
    /// Throws `.malformed`, `.unsupported` for schemes that are not known or ask for too much work, `.wrongPassphrase`.
    static func decrypt(_ der: [UInt8], passphrase: [UInt8]) throws(KeyError) -> [UInt8] {
        guard der.count <= PrivateKey.encodedByteCountMax else {
            throw .unsupported("a private key of \(der.count) bytes")
        }
        try check(der)
        let byteCount = der.count
        let encrypted = der.withUnsafeBufferPointer { buffer in
            var start = buffer.baseAddress
            return d2i_X509_SIG(nil, &start, byteCount)
        }
        guard let encrypted else {
            ERR_clear_error()
            throw .malformed
        }
        defer { X509_SIG_free(encrypted) }
        return try decrypt(encrypted, passphrase)
    }

    private static func decrypt(_ encrypted: OpaquePointer, _ passphrase: [UInt8]) throws(KeyError) -> [UInt8] {
        let characters = passphrase.map { CChar(bitPattern: $0) }
        // Old files are under DES, which only this instance knows; where it is not to be had, the common one opens the
        // rest.
        let instance = try? LegacyLibrary.shared.get().instance
        defer { ERR_clear_error() }
        guard let info = PKCS8_decrypt_ex(encrypted, characters, Int32(characters.count), instance, nil) else {
            throw .wrongPassphrase
        }
        defer { PKCS8_PRIV_KEY_INFO_free(info) }
        var target: UnsafeMutablePointer<UInt8>?
        let byteCount = Int(i2d_PKCS8_PRIV_KEY_INFO(info, &target))
        guard byteCount > 0, let target else { throw .library(.drain(during: "i2d_PKCS8_PRIV_KEY_INFO")) }
        defer { hanjiang_free(target) }
        return Array(UnsafeBufferPointer(start: target, count: byteCount))
    }

    /// Reads how the key is encrypted, as far as it says how much work it is to open it.
    private static func check(_ der: [UInt8]) throws(KeyError) {
        var reader = DERReader(der)
        var info = try reader.sequence()
        try reader.end()
        var algorithm = try info.sequence()
        _ = try info.element(DERTag.octetString)
        try info.end()
        let scheme = try algorithm.objectIdentifier()
        var parameters = try algorithm.sequence()
        if scheme == .pbes2 {
            var derivation = try parameters.sequence()
            let function = try derivation.objectIdentifier()
            guard function == .pbkdf2 else { throw .unsupported("key derivation \(function)") }
            parameters = try derivation.sequence()
        } else if !scheme.isPasswordScheme {
            throw .unsupported("encryption \(scheme)")
        }
        _ = try parameters.element(DERTag.octetString)
        let iterations = try parameters.unsignedInteger()
        guard iterations.unsignedBitCount <= 32, iterations.reduce(0, { $0 << 8 | Int($1) }) <= iterationCountMax else {
            throw .unsupported("key derivation of over \(iterationCountMax) rounds")
        }
    }
}

extension ASN1ObjectIdentifier {
    /// RFC 8018 appendix A.4 and A.2.
    fileprivate static let pbes2 = Self(bytes: [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x05, 0x0D])
    fileprivate static let pbkdf2 = Self(bytes: [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x05, 0x0C])

    /// Whether this is one of PBES1 (RFC 8018 appendix A.3) or of PKCS#12 (RFC 7292 appendix C): salt, then rounds.
    fileprivate var isPasswordScheme: Bool {
        let pkcs5 = Self.pbes2.bytes.dropLast()
        let pkcs12 = Self.pbes2.bytes.dropLast(2) + [0x0C, 0x01]
        return bytes.count == pkcs5.count + 1 && bytes.starts(with: pkcs5)
            || bytes.count == pkcs12.count + 1 && bytes.starts(with: pkcs12)
    }
}
