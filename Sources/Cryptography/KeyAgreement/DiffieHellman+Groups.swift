internal import COpenSSL

extension DiffieHellman {
    /// A prime and a generator, unsigned and big-endian.
    public struct Group: Hashable, Sendable {
        public let p: [UInt8]
        public let g: [UInt8]
    }

    /// The group of 2,048 bits of RFC 3526 §3, for whoever may choose.
    public static let group14: Group = {
        // Without memory for it the prime is empty, and everything refuses it.
        guard let prime = BN_get_rfc3526_prime_2048(nil) else { return Group(p: [], g: [2]) }
        return Group(p: BigNumber(owning: prime).bytes, g: [2])
    }()
}
