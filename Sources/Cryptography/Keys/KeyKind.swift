/// What a key is for: the algorithm, not its size.
public enum KeyKind: Hashable, Sendable, CaseIterable {
    /// RSA with PKCS#1 v1.5 signatures.
    case rsa
    case dsa
    /// ECDSA on P-256, P-384 or P-521.
    case ec
    case ed25519
    /// SM2 on sm2p256v1 (GB/T 32918.5-2017).
    case sm2

    /// The library's name of the algorithm of keys on no or on another curve.
    var algorithmName: String {
        switch self {
        case .rsa: "RSA"
        case .dsa: "DSA"
        case .ec: "EC"
        case .ed25519: "ED25519"
        case .sm2: "SM2"
        }
    }
}
