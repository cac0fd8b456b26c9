internal import Cryptography
internal import ResolutionProtocol

extension PrivateKeyFile {
    /// The key's bytes in clear, in the form of `PrivateKeyRecord`.
    func keyBytes(passphrase: [UInt8]?) throws(KeyFileError) -> [UInt8] {
        if case .clear(let bytes) = self { return bytes }
        guard let passphrase else { throw .needsPassphrase }
        return switch self {
        case .clear(let bytes): bytes
        case .des(let ciphertext):
            try Self.decrypt(.desECB, ciphertext, key: try Self.digestKey(of: passphrase), iv: [])
        case .chainedDES(let iv, let ciphertext):
            try Self.decrypt(.desCBC, ciphertext, key: try Self.digestKey(of: passphrase), iv: iv)
        case .tripleDES(let encryption): try encryption.decrypt(.tripleDESCBC, passphrase: passphrase)
        case .aes(let encryption): try encryption.decrypt(.aes128CBC, passphrase: passphrase)
        }
    }

    /// The key of types 0 and 2: the beginning of the passphrase's MD5.
    private static func digestKey(of passphrase: [UInt8]) throws(KeyFileError) -> [UInt8] {
        let digest = try KeyFileError.wrapping { () throws(OpenSSLError) in try Digest.md5.digest(of: passphrase) }
        return Array(digest.prefix(Cipher.desECB.keyByteCount))
    }

    /// What does not decrypt was encrypted under another passphrase, as far as one can see. A cipher that is not to be
    /// had is another matter: it cannot encrypt either.
    fileprivate static func decrypt(
        _ cipher: Cipher,
        _ ciphertext: [UInt8],
        key: [UInt8],
        iv: [UInt8]
    ) throws(KeyFileError) -> [UInt8] {
        guard iv.count == cipher.ivByteCount else { throw .notAKeyFile }
        if let plaintext = try? cipher.decrypt(ciphertext, key: key, iv: iv) { return plaintext }
        _ = try KeyFileError.wrapping { () throws(OpenSSLError) in try cipher.encrypt([], key: key, iv: iv) }
        throw .wrongPassphrase
    }
}

extension PasswordEncryption {
    /// Octets of a new salt.
    static let saltByteCount = 16
    /// Rounds of a new file, as the reference software writes it.
    static let iterationCountMade: UInt32 = 10_000

    /// Encrypts `plaintext` under a key derived from `passphrase`.
    init(
        _ plaintext: [UInt8],
        cipher: Cipher,
        passphrase: [UInt8],
        salt: [UInt8],
        iv: [UInt8]
    ) throws(KeyFileError) {
        self.init(
            salt: salt,
            iterationCount: Self.iterationCountMade,
            keyBitCount: UInt32(cipher.keyByteCount * 8),
            iv: iv,
            ciphertext: []
        )
        let key = try derivedKey(passphrase)
        ciphertext = try KeyFileError.wrapping { () throws(OpenSSLError) in
            try cipher.encrypt(plaintext, key: key, iv: iv)
        }
    }

    fileprivate func decrypt(_ cipher: Cipher, passphrase: [UInt8]) throws(KeyFileError) -> [UInt8] {
        guard keyBitCount == UInt32(cipher.keyByteCount * 8) else { throw .notAKeyFile }
        return try PrivateKeyFile.decrypt(cipher, ciphertext, key: try derivedKey(passphrase), iv: iv)
    }

    private func derivedKey(_ passphrase: [UInt8]) throws(KeyFileError) -> [UInt8] {
        guard 1...PrivateKeyFile.iterationCountMax ~= iterationCount else {
            throw .iterationCountOutOfBounds(iterationCount)
        }
        return try KeyFileError.wrapping { () throws(OpenSSLError) in
            try KeyDerivation.pbkdf2(
                .sha1,
                password: DerivationPassword.reencoded(passphrase),
                salt: salt,
                iterationCount: Int(iterationCount),
                byteCount: Int(keyBitCount / 8)
            )
        }
    }
}
