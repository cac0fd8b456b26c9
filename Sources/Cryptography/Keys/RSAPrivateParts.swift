/// The numbers of an RSA private key, unsigned big-endian without leading zeros (RFC 8017 §3.2).
public struct RSAPrivateParts: Hashable, Sendable {
    /// n = p · q.
    public let modulus: [UInt8]
    /// e.
    public let publicExponent: [UInt8]
    /// d.
    public let privateExponent: [UInt8]
    public let p: [UInt8]
    public let q: [UInt8]
    /// d mod (p - 1).
    public let exponentModP: [UInt8]
    /// d mod (q - 1).
    public let exponentModQ: [UInt8]
    /// q⁻¹ mod p.
    public let inverseOfQ: [UInt8]
}
