/// An object identifier of ASN.1, in its DER content octets (X.690 §8.19).
struct ASN1ObjectIdentifier: Hashable, Sendable, CustomStringConvertible {
    let bytes: [UInt8]

    /// RFC 8017 appendix A.1.
    static let rsaEncryption = Self(bytes: [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x01])
    /// RFC 3279 §2.3.2.
    static let dsa = Self(bytes: [0x2A, 0x86, 0x48, 0xCE, 0x38, 0x04, 0x01])
    /// RFC 5480 §2.1.1.
    static let ecPublicKey = Self(bytes: [0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x02, 0x01])
    /// RFC 8410 §3.
    static let ed25519 = Self(bytes: [0x2B, 0x65, 0x70])
    /// RFC 5480 §2.1.1.1.
    static let p256 = Self(bytes: [0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x03, 0x01, 0x07])
    static let p384 = Self(bytes: [0x2B, 0x81, 0x04, 0x00, 0x22])
    static let p521 = Self(bytes: [0x2B, 0x81, 0x04, 0x00, 0x23])
    /// GB/T 33560-2017: the curve, and by some the algorithm as well.
    static let sm2 = Self(bytes: [0x2A, 0x81, 0x1C, 0xCF, 0x55, 0x01, 0x82, 0x2D])

    /// Numbers with dots between; as hexadecimal digits where a number is too large or unfinished.
    var description: String {
        var numbers: [UInt] = []
        var number: UInt = 0
        for byte in bytes {
            guard number >> (UInt.bitWidth - 7) == 0 else { return hexadecimal }
            number = number << 7 | UInt(byte & 0x7F)
            guard byte & 0x80 == 0 else { continue }
            if numbers.isEmpty {
                let first = min(number / 40, 2)
                numbers = [first, number - first * 40]
            } else {
                numbers.append(number)
            }
            number = 0
        }
        guard bytes.last.map({ $0 & 0x80 == 0 }) ?? false else { return hexadecimal }
        return numbers.map { String($0) }.joined(separator: ".")
    }

    private var hexadecimal: String { "0x" + bytes.map { String($0, radix: 16) }.joined(separator: "_") }
}
