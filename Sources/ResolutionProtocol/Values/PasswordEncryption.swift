/// What a key file holds that is encrypted under a key derived from a passphrase by PBKDF2-HMAC-SHA1
/// (data-model.md §6.2). All of it comes from the file: whoever derives the key limits the work first.
public struct PasswordEncryption: WireCodable, Hashable, Sendable {
    /// 16 octets where the reference software wrote it.
    public var salt: [UInt8]
    /// Rounds of PBKDF2.
    public var iterationCount: UInt32
    /// Bits of the derived key.
    public var keyBitCount: UInt32
    /// Initialisation vector of the cipher.
    public var iv: [UInt8]
    /// The key's bytes, encrypted.
    public var ciphertext: [UInt8]

    /// Puts together what was encrypted, and how.
    public init(salt: [UInt8], iterationCount: UInt32, keyBitCount: UInt32, iv: [UInt8], ciphertext: [UInt8]) {
        self.salt = salt
        self.iterationCount = iterationCount
        self.keyBitCount = keyBitCount
        self.iv = iv
        self.ciphertext = ciphertext
    }

    public static var byteCountMin: Int { 20 }

    public init(from reader: inout WireReader) throws(WireError) {
        salt = try reader.lengthPrefixedBytes()
        iterationCount = try reader.uint32()
        keyBitCount = try reader.uint32()
        iv = try reader.lengthPrefixedBytes()
        ciphertext = try reader.lengthPrefixedBytes()
    }

    public func write(to writer: inout WireWriter) {
        writer.lengthPrefixedBytes(salt)
        writer.uint32(iterationCount)
        writer.uint32(keyBitCount)
        writer.lengthPrefixedBytes(iv)
        writer.lengthPrefixedBytes(ciphertext)
    }
}
