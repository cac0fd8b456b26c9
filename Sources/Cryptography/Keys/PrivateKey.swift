internal import COpenSSL

/// A private key that signs, and of kinds that can, decrypts.
///
/// Having one is proof that its two parts belong together: each key is tried once when it is made.
///
/// Threads may share it: the key does not change, and each use makes a context of its own (`KeyHandle`).
public final class PrivateKey: Sendable {
    public let publicKey: PublicKey
    let handle: KeyHandle

    /// Throws `.malformed` when what the private part signs is no signature for the public part.
    init(_ handle: KeyHandle, kind: KeyKind) throws(KeyError) {
        let publicKey = try KeyError.wrapping { () throws(OpenSSLError) in
            try PublicKey(handle, kind: kind).subjectPublicKeyInfo()
        }
        self.handle = handle
        self.publicKey = try PublicKey(subjectPublicKeyInfo: publicKey)
        guard self.publicKey.kind == kind, isOfOnePiece() else { throw .malformed }
    }

    public var kind: KeyKind { publicKey.kind }

    /// The size that the key is named by: of the modulus, of p, or of the curve's field.
    public var bitCount: Int { handle.bitCount }

    private func isOfOnePiece() -> Bool {
        let message = Array("one key".utf8)
        guard let signature = try? signature(of: message, digest: .sha256) else { return false }
        return (try? publicKey.verifies(signature, of: message, digest: .sha256)) ?? false
    }
}
