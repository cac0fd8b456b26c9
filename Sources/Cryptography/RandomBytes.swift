internal import COpenSSL

/// Bytes that nobody can foretell: nonces, salts, initialisation vectors, session keys.
public enum RandomBytes {
    /// `count` bytes of the library's generator for secrets; none for a count of 0 or less.
    ///
    /// Throws when the system gives no entropy: nothing may then go on with what it has.
    public static func make(count: Int) throws(OpenSSLError) -> [UInt8] {
        guard count > 0 else { return [] }
        let bytes = [UInt8].filled(byteCountMax: count) { target, byteCount in
            RAND_priv_bytes_ex(nil, target, byteCount, 0) == 1
        }
        guard let bytes else { throw .drain(during: "RAND_priv_bytes_ex") }
        return bytes
    }
}
