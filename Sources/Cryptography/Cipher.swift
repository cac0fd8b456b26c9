/// A block cipher in a mode that the protocol uses, with PKCS#7 padding (security.md §7, data-model.md §6.2).
///
/// DES and triple DES are for old key files and old sessions only. DES comes from the library's legacy module: where
/// that is not installed, each use throws and says so.
public enum Cipher: Hashable, Sendable, CaseIterable {
    case desECB
    case desCBC
    case tripleDESECB
    case tripleDESCBC
    case aes128ECB
    case aes128CBC
    case aes256CBC
    case sm4CBC

    /// Length of the key in bytes. The parity bits of DES keys do not count.
    public var keyByteCount: Int {
        switch self {
        case .desECB, .desCBC: 8
        case .tripleDESECB, .tripleDESCBC: 24
        case .aes128ECB, .aes128CBC, .sm4CBC: 16
        case .aes256CBC: 32
        }
    }

    /// Length of the initialisation vector in bytes; 0 where the mode has none.
    public var ivByteCount: Int {
        switch self {
        case .desECB, .tripleDESECB, .aes128ECB: 0
        case .desCBC, .tripleDESCBC: 8
        case .aes128CBC, .aes256CBC, .sm4CBC: 16
        }
    }

    /// Length of a block in bytes; ciphertext is a multiple of it.
    public var blockByteCount: Int {
        switch self {
        case .desECB, .desCBC, .tripleDESECB, .tripleDESCBC: 8
        case .aes128ECB, .aes128CBC, .aes256CBC, .sm4CBC: 16
        }
    }

    /// The padded `plaintext` under `key`. Throws when `key` or `iv` is not exactly as long as the cipher says.
    public func encrypt(_ plaintext: [UInt8], key: [UInt8], iv: [UInt8]) throws(OpenSSLError) -> [UInt8] {
        try run(.encryption, on: plaintext, key: key, iv: iv)
    }

    /// What `encrypt` was given.
    ///
    /// Throws also when `ciphertext` is no whole number of blocks, is empty, or does not end in a padding. Bytes that
    /// nobody vouches for are to be refused alike whatever is wrong with them, or whoever sends them learns from the
    /// difference.
    public func decrypt(_ ciphertext: [UInt8], key: [UInt8], iv: [UInt8]) throws(OpenSSLError) -> [UInt8] {
        try run(.decryption, on: ciphertext, key: key, iv: iv)
    }
}
