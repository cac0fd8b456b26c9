package import Cryptography
internal import ResolutionProtocol

/// Who writes a node's ledger: its identity and its private key.
package struct LedgerAuthor: Sendable {
    /// Who it is.
    package let identity: LedgerIdentity
    /// By what heads name it.
    package let digest: [UInt8]
    private let key: PrivateKey

    /// An author; the key is an Ed25519 or SM2 key.
    package init(key: PrivateKey, store: [UInt8], prefix: [UInt8]) throws(LedgerError) {
        guard key.kind == .ed25519 || key.kind == .sm2 else { throw .unsuitableKey }
        let publicKey: [UInt8]
        do throws(OpenSSLError) { publicKey = try key.publicKey.subjectPublicKeyInfo() } catch {
            throw .cryptography("\(error)")
        }
        guard store.count == LedgerIdentity.storeByteCount, prefix.count <= 255 else { throw .unreadable }
        identity = LedgerIdentity(store: store, prefix: prefix, publicKey: publicKey)
        digest = try identity.digest()
        self.key = key
    }

    /// The frame with the signature of `head`.
    func sign(_ head: LedgerHead) throws(LedgerError) -> LedgerFrame {
        LedgerFrame(.signature, try signature(of: head.signedBytes))
    }

    /// The signature of `bytes`. Ed25519 and SM2 have digests of their own.
    func signature(of bytes: [UInt8]) throws(LedgerError) -> [UInt8] {
        do throws(OpenSSLError) {
            return try key.signature(of: bytes, digest: .sm3)
        } catch {
            throw .cryptography("\(error)")
        }
    }
}
