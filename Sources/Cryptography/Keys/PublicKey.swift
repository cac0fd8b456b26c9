internal import COpenSSL

/// A public key that verifies signatures, and of kinds that can, encrypts.
///
/// How many bits are enough is the caller's to say; what is refused here is what no key has (an even modulus, a point
/// off the curve) and what would take long on purpose (sizes over the bounds of `PublicKey`'s initialisers).
///
/// Threads may share it: the key does not change, and each use makes a context of its own (`KeyHandle`).
public final class PublicKey: Sendable {
    /// The user id of SM2 signatures where the parties have agreed on none (GB/T 35276-2017 §10).
    public static let signerIDDefault: [UInt8] = Array("1234567812345678".utf8)

    public let kind: KeyKind
    let handle: KeyHandle

    init(_ handle: KeyHandle, kind: KeyKind) {
        self.handle = handle
        self.kind = kind
    }

    /// The size that the key is named by: of the modulus, of p, or of the curve's field.
    public var bitCount: Int { handle.bitCount }

    /// Whether both are one key: of one kind, and of the same numbers.
    public func isSame(as other: PublicKey) -> Bool {
        kind == other.kind && EVP_PKEY_eq(handle.key, other.handle.key) == 1
    }

    /// The key as X.509 has it (RFC 5280 §4.1), in DER. An SM2 key is an EC key on the SM2 curve, as other software
    /// writes it.
    public func subjectPublicKeyInfo() throws(OpenSSLError) -> [UInt8] {
        var target: UnsafeMutablePointer<UInt8>?
        let byteCount = Int(i2d_PUBKEY(handle.key, &target))
        guard byteCount > 0, let target else { throw .drain(during: "i2d_PUBKEY") }
        defer { hanjiang_free(target) }
        return Array(UnsafeBufferPointer(start: target, count: byteCount))
    }

    /// The key as PEM, `PUBLIC KEY`, with lines of 64 columns (RFC 7468 §13).
    public func pem() throws(OpenSSLError) -> [UInt8] {
        PEMBlock(label: PEMBlock.publicKeyLabel, bytes: try subjectPublicKeyInfo()).text()
    }
}
