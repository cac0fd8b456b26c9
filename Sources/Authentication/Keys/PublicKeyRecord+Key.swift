public import Cryptography
public import ResolutionProtocol

extension PublicKeyRecord {
    /// The record of `key`, where there is one: EC and Ed25519 keys are registered without it
    /// (`PublicKey.registeredForm`).
    public init?(_ key: PublicKey) throws(OpenSSLError) {
        if let (modulus, exponent) = key.rsaParts {
            self = .rsa(exponent: exponent, modulus: modulus, hasTrailer: true)
        } else if let (p, q, g, y) = key.dsaParts {
            self = .dsa(q: q, p: p, g: g, y: y)
        } else if key.kind == .sm2 {
            self = .sm2(subjectPublicKeyInfo: try Self.nationalPEM(of: key))
        } else {
            return nil
        }
    }

    /// The key, of an algorithm that verifies signatures.
    public func publicKey() throws(KeyRecordError) -> PublicKey {
        do throws(KeyError) {
            switch self {
            case .rsa(let exponent, let modulus, _):
                return try PublicKey(rsaModulus: modulus, publicExponent: exponent)
            case .dsa(let q, let p, let g, let y): return try PublicKey(dsaP: p, q: q, g: g, y: y)
            case .sm2(let info):
                let key = try PublicKey(textOrDER: info)
                guard key.kind == .sm2 else { throw .malformed }
                return key
            case .diffieHellman, .sm9, .other: break
            }
        } catch {
            throw .key(error)
        }
        throw .unsupportedAlgorithm(algorithm)
    }

    /// PEM as the national SDK writes it: 76 columns, and CRLF behind every line (data-model.md §6.1).
    private static func nationalPEM(of key: PublicKey) throws(OpenSSLError) -> [UInt8] {
        PEMBlock(label: PEMBlock.publicKeyLabel, bytes: try key.subjectPublicKeyInfo())
            .text(columnCount: 76, lineEnd: [0x0D, 0x0A])
    }
}
