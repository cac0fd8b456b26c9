internal import COpenSSL

extension PublicKey {
    /// A key whose point lies on `curve`.
    ///
    /// Throws `.malformed` when `point` has another form than SEC 1 §2.3.3 gives it or does not lie on the curve.
    convenience init(point: [UInt8], on curve: Curve) throws(KeyError) {
        guard curve.hasForm(of: point) else { throw .malformed }
        var parts = KeyParts()
        parts.text(OSSL_PKEY_PARAM_GROUP_NAME, curve.groupName)
        parts.octets(OSSL_PKEY_PARAM_PUB_KEY, point)
        let kind = curve.keyKind
        self.init(try parts.makeKey(kind.algorithmName, selecting: .publicKey), kind: kind)
    }

    /// An SM2 key of its coordinates, unsigned and big-endian; leading zeros do not count.
    ///
    /// Throws `.malformed` when the point does not lie on the curve.
    public convenience init(sm2X x: [UInt8], y: [UInt8]) throws(KeyError) {
        guard let x = x.unsigned(byteCount: Curve.sm2.fieldByteCount),
            let y = y.unsigned(byteCount: Curve.sm2.fieldByteCount)
        else { throw .malformed }
        try self.init(point: [4] + x + y, on: .sm2)
    }

    /// An Ed25519 key of its 32 bytes (RFC 8032 §5.1.5).
    public convenience init(ed25519 bytes: [UInt8]) throws(KeyError) {
        guard bytes.count == 32 else { throw .malformed }
        guard let key = EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nil, bytes, bytes.count) else {
            throw .library(.drain(during: "EVP_PKEY_new_raw_public_key"))
        }
        self.init(KeyHandle(owning: key), kind: .ed25519)
    }
}
