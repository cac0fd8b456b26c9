public import Cryptography
internal import ResolutionProtocol

/// The answer of one who knows an `HS_SECKEY` value to a challenge (security.md §3). m is the challenge's content, s
/// the secret.
public enum SecretKeyProof: Hashable, Sendable {
    /// H(s ‖ m ‖ s); without its tag it is MD5 as before version 2.1.
    case keyedDigest(Digest, isTagged: Bool, code: [UInt8])
    /// HMAC(s, m).
    case hmac(Digest, code: [UInt8])
    /// HMAC-SHA1(k, m) with k derived from s.
    case derived(DerivedKeyProof)

    /// What a server takes on, of the rounds that a proof asks it for.
    public static let iterationCountMax: UInt32 = 100_000
    /// And of bytes of the derived key.
    public static let keyByteCountMax: UInt32 = 64

    /// Whether checking it takes milliseconds (PBKDF2), so that it is not for the thread that answers queries.
    public var isSlowToVerify: Bool {
        if case .derived = self { true } else { false }
    }

    /// What is weak about it.
    public var weaknesses: [AlgorithmWeakness] {
        switch self {
        case .keyedDigest(let digest, _, _), .hmac(let digest, _): DigestName.weaknesses(of: digest)
        case .derived: []
        }
    }

    /// The secret that a client is told to use that "hashes" the password: lower-case hex of its SHA-1
    /// (data-model.md §3).
    public static func hashedSecret(of password: [UInt8]) throws(OpenSSLError) -> [UInt8] {
        HexadecimalText.lowercased(try Digest.sha1.digest(of: password))
    }
}

/// The proof that stretches the secret: `salt`, rounds and bits of the derived key, and the code made with it.
public struct DerivedKeyProof: Hashable, Sendable {
    /// 16 octets where clients make it.
    public var salt: [UInt8]
    /// Rounds of PBKDF2-HMAC-SHA1.
    public var iterationCount: UInt32
    /// Bits of the derived key; whole octets.
    public var keyBitCount: UInt32
    /// HMAC-SHA1 under the derived key.
    public var code: [UInt8]

    /// Puts a proof together.
    public init(salt: [UInt8], iterationCount: UInt32, keyBitCount: UInt32, code: [UInt8]) {
        self.salt = salt
        self.iterationCount = iterationCount
        self.keyBitCount = keyBitCount
        self.code = code
    }
}
