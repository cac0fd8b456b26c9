internal import COpenSSL

/// Keys from passwords.
public enum KeyDerivation {
    /// PBKDF2 with HMAC of `digest` (RFC 8018 §5.2): `byteCount` bytes after `iterationCount` rounds.
    ///
    /// The work grows with rounds and length, and neither is bounded here: whoever takes them from outside caps them
    /// first (security.md §3). Throws when one of them is below 1.
    public static func pbkdf2(
        _ digest: Digest,
        password: [UInt8],
        salt: [UInt8],
        iterationCount: Int,
        byteCount: Int
    ) throws(OpenSSLError) -> [UInt8] {
        let function = "PKCS5_PBKDF2_HMAC"
        guard let iterations = Int32(exactly: iterationCount), iterations > 0,
            let length = Int32(exactly: byteCount), length > 0,
            let saltLength = Int32(exactly: salt.count), let passwordLength = Int32(exactly: password.count)
        else {
            throw .refused("\(iterationCount) rounds for \(byteCount) bytes", by: function)
        }
        let characters = password.map { CChar(bitPattern: $0) }
        let key = [UInt8].filled(byteCountMax: byteCount) { target, _ in
            PKCS5_PBKDF2_HMAC(
                characters,
                passwordLength,
                salt,
                saltLength,
                iterations,
                digest.algorithm,
                length,
                target
            ) == 1
        }
        guard let key else { throw .drain(during: function) }
        return key
    }
}
