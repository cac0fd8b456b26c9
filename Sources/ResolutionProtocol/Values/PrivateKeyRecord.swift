/// A private key as key files hold it (data-model.md §6.2). Numbers are big-endian without leading zeros here; on the
/// wire they carry a zero octet when their top bit is set.
public enum PrivateKeyRecord: Hashable, Sendable {
    /// `DSA_PRIV_KEY`; p comes before q, unlike in a public key.
    case dsa(x: [UInt8], p: [UInt8], q: [UInt8], g: [UInt8])
    /// `RSA_PRIV_KEY`: without the public exponent.
    case rsa(modulus: [UInt8], privateExponent: [UInt8])
    /// `RSA_PRIVCRT_KEY`.
    case rsaCRT(RSAPrivateNumbers)

    /// Name of the algorithm as it stands in the file.
    public var algorithm: [UInt8] {
        switch self {
        case .dsa: Array("DSA_PRIV_KEY".utf8)
        case .rsa: Array("RSA_PRIV_KEY".utf8)
        case .rsaCRT: Array("RSA_PRIVCRT_KEY".utf8)
        }
    }
}

extension PrivateKeyRecord: WireCodable {
    public static var byteCountMin: Int { 24 }

    /// Refuses an algorithm that is none of these as `invalidField`.
    public init(from reader: inout WireReader) throws(WireError) {
        switch try reader.lengthPrefixedBytes() {
        case Array("DSA_PRIV_KEY".utf8):
            self = .dsa(
                x: try reader.unsignedNumber(),
                p: try reader.unsignedNumber(),
                q: try reader.unsignedNumber(),
                g: try reader.unsignedNumber()
            )
        case Array("RSA_PRIV_KEY".utf8):
            self = .rsa(modulus: try reader.unsignedNumber(), privateExponent: try reader.unsignedNumber())
        case Array("RSA_PRIVCRT_KEY".utf8):
            self = .rsaCRT(try RSAPrivateNumbers(from: &reader))
        default:
            throw .invalidField
        }
    }

    public func write(to writer: inout WireWriter) {
        writer.lengthPrefixedBytes(algorithm)
        switch self {
        case .dsa(let x, let p, let q, let g):
            for number in [x, p, q, g] { writer.unsignedNumber(number) }
        case .rsa(let modulus, let privateExponent):
            for number in [modulus, privateExponent] { writer.unsignedNumber(number) }
        case .rsaCRT(let numbers):
            numbers.write(to: &writer)
        }
    }
}
