/// A private key file: how its key is encrypted, and the ciphertext (data-model.md §6.2). Opens nothing by itself.
public enum PrivateKeyFile: Hashable, Sendable {
    /// Type 0: DES in ECB mode, very old.
    case des(ciphertext: [UInt8])
    /// Type 1: the key in clear, in the form of `PrivateKeyRecord`.
    case clear([UInt8])
    /// Type 2: DES in CBC mode.
    case chainedDES(iv: [UInt8], ciphertext: [UInt8])
    /// Type 3: 3DES in CBC mode, with a key derived from the passphrase.
    case tripleDES(PasswordEncryption)
    /// Type 4: AES-128 in CBC mode, with a key derived from the passphrase; what new files have.
    case aes(PasswordEncryption)

    /// Octets in front of the ciphertext of type 2.
    public static let desIVByteCount = 8

    /// Number of the type in the file.
    public var encryptionType: UInt32 {
        switch self {
        case .des: 0
        case .clear: 1
        case .chainedDES: 2
        case .tripleDES: 3
        case .aes: 4
        }
    }

    /// Whether a file that begins with `bytes` is meant as a private key: its first number is below 9. A public key
    /// file begins with the length of an algorithm's name.
    public static func isAnnounced(by bytes: [UInt8]) -> Bool {
        bytes.count >= 4 && bytes.starts(with: [0, 0, 0]) && bytes[3] < 9
    }
}

extension PrivateKeyFile: WireCodable {
    public static var byteCountMin: Int { 4 }

    /// Reads to the end of the file. A type that is not known is `invalidField`.
    public init(from reader: inout WireReader) throws(WireError) {
        switch try reader.uint32() {
        case 0: self = .des(ciphertext: try reader.bytes(byteCount: reader.remaining))
        case 1: self = .clear(try reader.bytes(byteCount: reader.remaining))
        case 2:
            let iv = try reader.bytes(byteCount: Self.desIVByteCount)
            self = .chainedDES(iv: iv, ciphertext: try reader.bytes(byteCount: reader.remaining))
        case 3: self = .tripleDES(try PasswordEncryption(from: &reader))
        case 4: self = .aes(try PasswordEncryption(from: &reader))
        default: throw .invalidField
        }
        try reader.finish()
    }

    public func write(to writer: inout WireWriter) {
        writer.uint32(encryptionType)
        switch self {
        case .des(let ciphertext): writer.bytes(ciphertext)
        case .clear(let key): writer.bytes(key)
        case .chainedDES(let iv, let ciphertext):
            writer.bytes(iv)
            writer.bytes(ciphertext)
        case .tripleDES(let encryption), .aes(let encryption): encryption.write(to: &writer)
        }
    }
}
