internal import COpenSSL

extension DiffieHellman {
    /// A prime and a generator, unsigned and big-endian.
    public struct Group: Hashable, Sendable {
        public let p: [UInt8]
        public let g: [UInt8]
    }

    /// The group of 2,048 bits of RFC 3526 §3, for whoever may choose.
    ///
    /// Throws only when the library has no memory left.
    public static func group14() throws(OpenSSLError) -> Group {
        guard let prime = BN_get_rfc3526_prime_2048(nil) else { throw .drain(during: "BN_get_rfc3526_prime_2048") }
        return Group(p: BigNumber(owning: prime).bytes, g: [2])
    }
}
