import Foundation
import ResolutionProtocol

/// Writes public keys in the X.509 form (RFC 5280 §4.1, RFC 3279 §2.3), so that the numbers of a key are checked twice.
enum SubjectPublicKeyInfo {
    /// Padded base64 of the DER; nil for kinds of keys that the vectors do not give in this form.
    static func base64(of key: PublicKeyRecord) -> String? {
        let der: [UInt8]
        switch key {
        case .rsa(let exponent, let modulus, _):
            let rsaEncryption: [UInt8] = [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x01]
            der = sequence([
                sequence([element(0x06, rsaEncryption), element(0x05, [])]),
                bitString(sequence([integer(modulus), integer(exponent)])),
            ])
        case .dsa(let q, let p, let g, let y):
            let dsa: [UInt8] = [0x2A, 0x86, 0x48, 0xCE, 0x38, 0x04, 0x01]
            der = sequence([
                sequence([element(0x06, dsa), sequence([integer(p), integer(q), integer(g)])]), bitString(integer(y)),
            ])
        case .diffieHellman, .sm2, .sm9, .other:
            return nil
        }
        return Data(der).base64EncodedString()
    }

    private static func element(_ tag: UInt8, _ content: [UInt8]) -> [UInt8] {
        guard content.count >= 0x80 else { return [tag, UInt8(content.count)] + content }
        let length = withUnsafeBytes(of: UInt64(content.count).bigEndian) { Array($0.drop { $0 == 0 }) }
        return [tag, 0x80 | UInt8(length.count)] + length + content
    }

    private static func sequence(_ elements: [[UInt8]]) -> [UInt8] { element(0x30, elements.flatMap { $0 }) }

    private static func integer(_ number: [UInt8]) -> [UInt8] {
        element(0x02, number.first.map { $0 >= 0x80 } ?? true ? [0] + number : number)
    }

    private static func bitString(_ content: [UInt8]) -> [UInt8] { element(0x03, [0] + content) }
}
