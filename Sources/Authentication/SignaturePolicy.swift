/// Which weak algorithms are good enough. Nothing weak is, unless it says so (case U2).
public struct SignaturePolicy: Hashable, Sendable {
    /// MD5 in proofs of secret keys and in signatures.
    public var allowsMD5: Bool
    /// SHA-1 in proofs of secret keys, in signatures and in session codes.
    public var allowsSHA1: Bool
    /// DSA keys, of `minimumDSABitCount` at least.
    public var allowsDSA: Bool
    /// RSA keys of fewer bits are refused.
    public var minimumRSABitCount: Int
    /// DSA keys of fewer bits are refused.
    public var minimumDSABitCount: Int

    /// A policy; the defaults are those of `standard`.
    public init(
        allowsMD5: Bool = false,
        allowsSHA1: Bool = false,
        allowsDSA: Bool = false,
        minimumRSABitCount: Int = 2048,
        minimumDSABitCount: Int = 2048
    ) {
        self.allowsMD5 = allowsMD5
        self.allowsSHA1 = allowsSHA1
        self.allowsDSA = allowsDSA
        self.minimumRSABitCount = minimumRSABitCount
        self.minimumDSABitCount = minimumDSABitCount
    }

    /// Nothing weak.
    public static let standard = SignaturePolicy()

    /// All that reference software of any age writes; only where a configuration asks for it.
    public static let legacy = SignaturePolicy(
        allowsMD5: true,
        allowsSHA1: true,
        allowsDSA: true,
        minimumRSABitCount: 1024,
        minimumDSABitCount: 1024
    )

    /// Refuses the first of `weaknesses` that is not allowed.
    public func check(_ weaknesses: [AlgorithmWeakness]) throws(ProofRefusal) {
        for weakness in weaknesses where !allows(weakness) { throw .weak(weakness) }
    }

    private func allows(_ weakness: AlgorithmWeakness) -> Bool {
        switch weakness {
        case .md5: allowsMD5
        case .sha1: allowsSHA1
        case .dsa(let bitCount): allowsDSA && bitCount >= minimumDSABitCount
        case .shortRSA(let bitCount): bitCount >= minimumRSABitCount
        }
    }
}
