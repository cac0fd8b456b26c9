internal import COpenSSL

/// One side of a Diffie-Hellman key agreement over numbers modulo a prime (security.md §7.1, RFC 2631 §2.1.1).
///
/// Whoever sends p and g has chosen the work that they cause: `isAcceptable` bounds it.
public struct DiffieHellman: Sendable {
    private let handle: KeyHandle
    private let p: [UInt8]
    private let g: [UInt8]
    /// What the peer gets, unsigned and big-endian, without leading zeros.
    public let publicValue: [UInt8]

    /// Makes a private value for p and g, unsigned and big-endian; leading zeros do not count.
    ///
    /// Throws `.weak` when p has fewer than `minimumBitCount` bits, `.unsupported` when it has more than
    /// `primeBitCountMax`, `.malformed` when p is no prime or g is not within 2...p-2.
    public init(p: [UInt8], g: [UInt8], minimumBitCount: Int = 2_048) throws(KeyError) {
        try Self.check(p: p, g: g, minimumBitCount: minimumBitCount)
        var parts = KeyParts()
        parts.number(OSSL_PKEY_PARAM_FFC_P, p)
        parts.number(OSSL_PKEY_PARAM_FFC_G, g)
        let domain = try parts.makeKey(Self.algorithmName, selecting: .parameters)
        let handle = try KeyError.wrapping { () throws(OpenSSLError) in try Self.generate(domain) }
        try self.init(handle, p: p, g: g)
    }

    /// With a private value that is known, as in a worked example. Throws `.malformed` when it is 0 or not below p.
    public init(p: [UInt8], g: [UInt8], privateValue: [UInt8], minimumBitCount: Int = 2_048) throws(KeyError) {
        try Self.check(p: p, g: g, minimumBitCount: minimumBitCount)
        let publicValue = try KeyError.wrapping { () throws(OpenSSLError) in try Self.power(g, privateValue, p) }
        guard let publicValue else { throw .malformed }
        var parts = KeyParts()
        parts.number(OSSL_PKEY_PARAM_FFC_P, p)
        parts.number(OSSL_PKEY_PARAM_FFC_G, g)
        parts.number(OSSL_PKEY_PARAM_PUB_KEY, publicValue)
        parts.number(OSSL_PKEY_PARAM_PRIV_KEY, privateValue)
        try self.init(try parts.makeKey(Self.algorithmName, selecting: .keyPair), p: p, g: g)
    }

    private init(_ handle: KeyHandle, p: [UInt8], g: [UInt8]) throws(KeyError) {
        guard let publicValue = handle.number(OSSL_PKEY_PARAM_PUB_KEY) else { throw .malformed }
        self.handle = handle
        self.p = p
        self.g = g
        self.publicValue = publicValue
    }

    /// The number that both sides agree on: big-endian, exactly as many bytes as p.
    ///
    /// Throws `.malformed` when the peer's value is not within 2...p-2, or in a group of a standard is no power of g:
    /// with such a one the secret, or a part of it, would be known to all.
    public func sharedSecret(with peerPublicValue: [UInt8]) throws(KeyError) -> [UInt8] {
        guard try Self.isInside(peerPublicValue, p) else { throw .malformed }
        var parts = KeyParts()
        parts.number(OSSL_PKEY_PARAM_FFC_P, p)
        parts.number(OSSL_PKEY_PARAM_FFC_G, g)
        parts.number(OSSL_PKEY_PARAM_PUB_KEY, peerPublicValue)
        let peer = try parts.makeKey(Self.algorithmName, selecting: .publicKey)
        let secret = try KeyError.wrapping { () throws(OpenSSLError) in try derive(with: peer) }
        guard let secret else { throw .malformed }
        return secret
    }

    /// Nil when the library refuses the peer's value.
    private func derive(with peer: KeyHandle) throws(OpenSSLError) -> [UInt8]? {
        let context = try KeyContext(handle)
        guard EVP_PKEY_derive_init(context.pointer) == 1, EVP_PKEY_CTX_set_dh_pad(context.pointer, 1) == 1 else {
            throw .drain(during: "EVP_PKEY_derive_init")
        }
        guard EVP_PKEY_derive_set_peer(context.pointer, peer.key) == 1 else {
            ERR_clear_error()
            return nil
        }
        let secret = [UInt8].filled(byteCountMax: (p.unsignedBitCount + 7) / 8) { target, byteCount in
            EVP_PKEY_derive(context.pointer, target, &byteCount) == 1
        }
        guard let secret else { throw .drain(during: "EVP_PKEY_derive") }
        return secret
    }

    static let algorithmName = "DH"

    private static func generate(_ domain: KeyHandle) throws(OpenSSLError) -> KeyHandle {
        let context = try KeyContext(domain)
        var key: OpaquePointer?
        guard EVP_PKEY_keygen_init(context.pointer) == 1, EVP_PKEY_generate(context.pointer, &key) == 1, let key else {
            throw .drain(during: "EVP_PKEY_generate")
        }
        return KeyHandle(owning: key)
    }

    /// g to the power of the private value modulo p; nil when the latter is out of range.
    private static func power(
        _ g: [UInt8],
        _ privateValue: [UInt8],
        _ p: [UInt8]
    ) throws(OpenSSLError) -> [UInt8]? {
        let exponent = try BigNumber(privateValue)
        let modulus = try BigNumber(p)
        guard !exponent.isZero, exponent < modulus else { return nil }
        return try BigNumberWorkspace().power(BigNumber(g), exponent, modulo: modulus).bytes
    }
}
