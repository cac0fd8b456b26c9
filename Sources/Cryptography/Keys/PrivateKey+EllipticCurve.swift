internal import COpenSSL

extension PrivateKey {
    /// A key of its private number on `curve`; leading zeros do not count.
    convenience init(scalar: [UInt8], on curve: Curve) throws(KeyError) {
        guard scalar.unsignedBitCount <= curve.bitCount else { throw .malformed }
        var parts = KeyParts()
        parts.text(OSSL_PKEY_PARAM_GROUP_NAME, curve.groupName)
        parts.octets(OSSL_PKEY_PARAM_PUB_KEY, try curve.publicPoint(of: scalar))
        parts.number(OSSL_PKEY_PARAM_PRIV_KEY, scalar)
        let kind = curve.keyKind
        try self.init(try parts.makeKey(kind.algorithmName, selecting: .keyPair), kind: kind)
    }

    /// An SM2 key of its private number, unsigned and big-endian.
    ///
    /// Throws `.malformed` when it is 0 or not below the order of the curve less one.
    public convenience init(sm2Scalar scalar: [UInt8]) throws(KeyError) {
        try self.init(scalar: scalar, on: .sm2)
    }

    /// An Ed25519 key of its 32 bytes of seed (RFC 8032 §5.1.5).
    public convenience init(ed25519 seed: [UInt8]) throws(KeyError) {
        guard seed.count == 32 else { throw .malformed }
        guard let key = EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nil, seed, seed.count) else {
            throw .library(.drain(during: "EVP_PKEY_new_raw_private_key"))
        }
        try self.init(KeyHandle(owning: key), kind: .ed25519)
    }
}
