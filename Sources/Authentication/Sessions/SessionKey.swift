public import Cryptography
internal import ResolutionProtocol

/// The key that both sides of a session have: it keys the codes of messages with all its octets and encrypts with the
/// first ones (security.md §7).
public struct SessionKey: Hashable, Sendable {
    /// What it encrypts with.
    public let cipher: SessionCipher
    /// At least as many octets as the cipher's key has.
    public let bytes: [UInt8]

    /// Octets of an AES session's key that comes from Diffie-Hellman: all of them key the codes.
    static let agreedAESByteCount = 32

    /// A key of `bytes`; nil when they are too few for `cipher`.
    public init?(cipher: SessionCipher, bytes: [UInt8]) {
        guard bytes.count >= cipher.keyByteCount else { return nil }
        self.cipher = cipher
        self.bytes = bytes
    }

    /// A new key for `cipher`, for the side that chooses it.
    public static func random(_ cipher: SessionCipher) throws(OpenSSLError) -> SessionKey {
        let bytes = try RandomBytes.make(count: cipher.keyByteCount)
        return SessionKey(unchecked: cipher, cipher.withParity(bytes))
    }

    /// The key that a Diffie-Hellman secret yields (the table of security.md §7.1): `secret` has as many octets as p.
    ///
    /// Nil when the secret is too short, or the cipher is one that is never agreed upon in this way.
    public init?(cipher: SessionCipher, diffieHellmanSecret secret: [UInt8]) {
        switch cipher {
        case .des, .tripleDES:
            guard secret.count >= cipher.keyByteCount else { return nil }
            self.init(unchecked: cipher, cipher.withParity(Array(secret.prefix(cipher.keyByteCount))))
        case .aes:
            let excess = max(0, secret.count - Self.agreedAESByteCount)
            let zeroCount = secret.prefix(excess).prefix { $0 == 0 }.count
            let bytes = Array(secret.dropFirst(zeroCount).prefix(Self.agreedAESByteCount))
            guard bytes.count == Self.agreedAESByteCount else { return nil }
            self.init(unchecked: cipher, bytes)
        case .sm4:
            return nil
        }
    }

    init(unchecked cipher: SessionCipher, _ bytes: [UInt8]) {
        self.cipher = cipher
        self.bytes = bytes
    }

    /// The octets that encrypt.
    var encryptionKey: [UInt8] { Array(bytes.prefix(cipher.keyByteCount)) }
}

extension SessionKey: CustomStringConvertible, CustomDebugStringConvertible {
    /// Never shows the key.
    public var description: String { "session key (\(cipher))" }
    public var debugDescription: String { description }
}
