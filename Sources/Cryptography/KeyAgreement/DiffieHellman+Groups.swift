internal import COpenSSL

extension DiffieHellman {
    /// A prime and a generator, unsigned and big-endian.
    public struct Group: Hashable, Sendable {
        public let p: [UInt8]
        public let g: [UInt8]
    }

    /// The group of 2,048 bits of RFC 3526 §3, for whoever may choose.
    public static let group14 = group(BN_get_rfc3526_prime_2048)
    /// The group of 1,024 bits of RFC 2409 §6.2, which older clients send. Too small for anything new.
    static let group2 = group(BN_get_rfc2409_prime_1024)

    /// Without memory for it the prime is empty, and everything refuses it.
    private static func group(_ prime: (OpaquePointer?) -> OpaquePointer?) -> Group {
        Group(p: prime(nil).map { BigNumber(owning: $0).bytes } ?? [], g: [2])
    }
}
