/// Data of an `HS_PUBKEY` value, a site's server key, a key in a key exchange (data-model.md §6.1).
///
/// Numbers are big-endian without leading zeros here; on the wire they carry a zero octet when their top bit is set.
public enum PublicKeyRecord: Hashable, Sendable {
    /// `RSA_PUB_KEY`. Four zero bytes follow where the reference software wrote it.
    case rsa(exponent: [UInt8], modulus: [UInt8], hasTrailer: Bool)
    /// `DSA_PUB_KEY`.
    case dsa(q: [UInt8], p: [UInt8], g: [UInt8], y: [UInt8])
    /// `DH_PUB_KEY`.
    case diffieHellman(y: [UInt8], p: [UInt8], g: [UInt8])
    /// `SM2_PUB_KEY`, of the national SDK: a SubjectPublicKeyInfo, as PEM text or as DER.
    case sm2(subjectPublicKeyInfo: [UInt8])
    /// `SM9_PUB_KEY`, of the national SDK: the UTF-8 text of an identity.
    case sm9(identity: [UInt8])
    /// Another algorithm: its name and its one field.
    case other(algorithm: [UInt8], field: [UInt8])

    /// Name of the algorithm as it stands on the wire.
    public var algorithm: [UInt8] {
        switch self {
        case .rsa: Array("RSA_PUB_KEY".utf8)
        case .dsa: Array("DSA_PUB_KEY".utf8)
        case .diffieHellman: Array("DH_PUB_KEY".utf8)
        case .sm2: Array("SM2_PUB_KEY".utf8)
        case .sm9: Array("SM9_PUB_KEY".utf8)
        case .other(let algorithm, _): algorithm
        }
    }
}

extension PublicKeyRecord: WireCodable {
    public static var byteCountMin: Int { 10 }

    /// Reads to the end of the data: only there can it be seen whether an RSA key has its trailer.
    public init(from reader: inout WireReader) throws(WireError) {
        let algorithm = try reader.lengthPrefixedBytes()
        guard try reader.uint16() == 0 else { throw .invalidField }
        switch algorithm {
        case Array("RSA_PUB_KEY".utf8):
            let exponent = try reader.unsignedNumber()
            let modulus = try reader.unsignedNumber()
            let hasTrailer = reader.remaining > 0
            if hasTrailer, try reader.uint32() != 0 { throw .invalidField }
            self = .rsa(exponent: exponent, modulus: modulus, hasTrailer: hasTrailer)
        case Array("DSA_PUB_KEY".utf8):
            self = .dsa(
                q: try reader.unsignedNumber(),
                p: try reader.unsignedNumber(),
                g: try reader.unsignedNumber(),
                y: try reader.unsignedNumber()
            )
        case Array("DH_PUB_KEY".utf8):
            self = .diffieHellman(
                y: try reader.unsignedNumber(),
                p: try reader.unsignedNumber(),
                g: try reader.unsignedNumber()
            )
        case Array("SM2_PUB_KEY".utf8): self = .sm2(subjectPublicKeyInfo: try reader.lengthPrefixedBytes())
        case Array("SM9_PUB_KEY".utf8): self = .sm9(identity: try reader.lengthPrefixedBytes())
        default:
            self = .other(algorithm: algorithm, field: try reader.lengthPrefixedBytes())
        }
        try reader.finish()
    }

    public func write(to writer: inout WireWriter) {
        writer.lengthPrefixedBytes(algorithm)
        writer.uint16(0)
        switch self {
        case .rsa(let exponent, let modulus, let hasTrailer):
            writer.unsignedNumber(exponent)
            writer.unsignedNumber(modulus)
            if hasTrailer { writer.uint32(0) }
        case .dsa(let q, let p, let g, let y):
            for number in [q, p, g, y] { writer.unsignedNumber(number) }
        case .diffieHellman(let y, let p, let g):
            for number in [y, p, g] { writer.unsignedNumber(number) }
        case .sm2(let field), .sm9(let field), .other(_, let field):
            writer.lengthPrefixedBytes(field)
        }
    }
}
