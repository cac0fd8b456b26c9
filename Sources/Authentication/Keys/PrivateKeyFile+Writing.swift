public import Cryptography
public import ResolutionProtocol

extension PrivateKeyFile {
    /// A file with `key` in clear (type 1). RSA and DSA keys only; others go into PEM (`PrivateKey.pem`).
    public init(_ key: PrivateKey) throws(KeyFileError) {
        self = .clear(try Self.record(of: key).wire)
    }

    /// A file with `key` encrypted under `passphrase` (type 4). RSA and DSA keys only.
    ///
    /// `salt` and `iv`, of 16 octets each, are for whoever must write the same file again; without them they are
    /// random.
    public init(
        _ key: PrivateKey,
        passphrase: [UInt8],
        salt: [UInt8]? = nil,
        iv: [UInt8]? = nil
    ) throws(KeyFileError) {
        let cipher = Cipher.aes128CBC
        let plaintext = try Self.record(of: key).wire
        self = .aes(
            try PasswordEncryption(
                plaintext,
                cipher: cipher,
                passphrase: passphrase,
                salt: try Self.given(salt, PasswordEncryption.saltByteCount),
                iv: try Self.given(iv, cipher.ivByteCount)
            )
        )
    }

    private static func record(of key: PrivateKey) throws(KeyFileError) -> PrivateKeyRecord {
        guard let record = PrivateKeyRecord(key) else { throw .noSuchForm }
        return record
    }

    private static func given(_ bytes: [UInt8]?, _ byteCount: Int) throws(KeyFileError) -> [UInt8] {
        try KeyFileError.wrapping { () throws(OpenSSLError) in try bytes.orRandom(byteCount) }
    }
}
