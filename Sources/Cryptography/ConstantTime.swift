internal import COpenSSL

/// Comparing without telling by the time it takes how much was right.
public enum ConstantTime {
    /// Whether both are the same bytes. Only the lengths show in the time.
    public static func areEqual(_ a: [UInt8], _ b: [UInt8]) -> Bool {
        a.count == b.count && CRYPTO_memcmp(a, b, a.count) == 0
    }
}
