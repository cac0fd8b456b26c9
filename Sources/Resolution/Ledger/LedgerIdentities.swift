internal import Cryptography

/// The identities that a ledger names, and whether they are trusted.
///
/// Without keys that are given from outside, the first key that the ledger names is taken as it is, and no other.
struct LedgerIdentities {
    private struct Known {
        var identity: LedgerIdentity
        var key: PublicKey?
        var isTrusted: Bool
    }

    /// More than any ledger has: one for each change of key or name.
    static let countMax = 1_024

    private var known: [[UInt8]: Known] = [:]
    private var trusted: Set<[UInt8]>

    /// `trusted` are the SHA-256 of public keys; empty: the first key that comes.
    init(trusted: Set<[UInt8]>) { self.trusted = trusted }

    /// Takes an identity; false: there are too many.
    mutating func add(_ identity: LedgerIdentity) throws(LedgerError) -> Bool {
        let (digest, fingerprint) = (try identity.digest(), try identity.keyFingerprint())
        guard known[digest] == nil else { return true }
        guard known.count < Self.countMax else { return false }
        if trusted.isEmpty { trusted = [fingerprint] }
        let key = try? PublicKey(subjectPublicKeyInfo: identity.publicKey)
        known[digest] = Known(identity: identity, key: key, isTrusted: trusted.contains(fingerprint))
        return true
    }

    /// The identity with this digest.
    func identity(_ digest: [UInt8]) -> LedgerIdentity? { known[digest]?.identity }

    func isTrusted(_ digest: [UInt8]) -> Bool { known[digest]?.isTrusted ?? false }

    /// Whether `signature` is that of `head` by the identity that it names.
    func verifies(_ signature: [UInt8], of head: LedgerHead) -> Bool {
        guard let key = known[head.identity]?.key, key.kind == .ed25519 || key.kind == .sm2 else { return false }
        return (try? key.verifies(signature, of: head.signedBytes, digest: .sm3)) ?? false
    }
}
