internal import COpenSSL

/// Keyed digests of messages.
public enum MessageAuthentication {
    /// HMAC of `message` under `key` (RFC 2104), as long as `digest`. Any length of key will do, also none.
    public static func hmac(
        _ digest: Digest,
        key: [UInt8],
        message: [UInt8]
    ) throws(OpenSSLError) -> [UInt8] {
        guard let keyByteCount = Int32(exactly: key.count) else {
            throw .refused("a key of \(key.count) bytes", by: "HMAC")
        }
        let code = [UInt8].filled(byteCountMax: digest.byteCount) { target, byteCount in
            var length: UInt32 = 0
            guard HMAC(digest.algorithm, key, keyByteCount, message, message.count, target, &length) != nil else {
                return false
            }
            byteCount = Int(length)
            return true
        }
        guard let code else { throw .drain(during: "HMAC") }
        return code
    }
}
