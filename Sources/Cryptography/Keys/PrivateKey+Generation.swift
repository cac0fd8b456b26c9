internal import COpenSSL

extension PrivateKey {
    /// A new key. `bitCount` is that of the modulus (RSA and DSA, 2,048 by default) or of the curve (EC, 256 by
    /// default); Ed25519 and SM2 have but one size, and it is not looked at.
    ///
    /// Takes a second and more for RSA over 2,048 bits and for DSA. Throws for sizes that no standard has for the kind.
    public static func generate(_ kind: KeyKind, bitCount: Int? = nil) throws(OpenSSLError) -> PrivateKey {
        let handle: KeyHandle
        switch kind {
        case .rsa: handle = try generateRSA(bitCount ?? 2_048)
        case .dsa: handle = try generateDSA(bitCount ?? 2_048)
        case .ec: handle = try generate(on: curve(bitCount ?? 256), "EC")
        case .sm2: handle = try generate(on: .sm2, "SM2")
        case .ed25519: handle = try generateEd25519()
        }
        do throws(KeyError) {
            return try PrivateKey(handle, kind: kind)
        } catch {
            throw .refused("a new key that is none: \(error)", by: generation)
        }
    }

    private static let generation = "EVP_PKEY_keygen"

    private static func generateRSA(_ bitCount: Int) throws(OpenSSLError) -> KeyHandle {
        guard (1_024...PublicKey.rsaModulusBitCountMax).contains(bitCount) else {
            throw .refused("an RSA modulus of \(bitCount) bits", by: generation)
        }
        let context = try KeyContext("RSA")
        guard EVP_PKEY_keygen_init(context.pointer) == 1,
            EVP_PKEY_CTX_set_rsa_keygen_bits(context.pointer, Int32(bitCount)) == 1
        else { throw .drain(during: "EVP_PKEY_keygen_init") }
        return try generated(context)
    }

    private static func generateDSA(_ bitCount: Int) throws(OpenSSLError) -> KeyHandle {
        guard [1_024, 2_048, 3_072].contains(bitCount) else {
            throw .refused("a DSA modulus of \(bitCount) bits", by: generation)
        }
        let domain = try KeyContext("DSA")
        var key: OpaquePointer?
        guard EVP_PKEY_paramgen_init(domain.pointer) == 1,
            hanjiang_set_dsa_bits(domain.pointer, Int32(bitCount), bitCount == 1_024 ? 160 : 256) == 1,
            EVP_PKEY_paramgen(domain.pointer, &key) == 1, let key
        else { throw .drain(during: "EVP_PKEY_paramgen") }
        let context = try KeyContext(KeyHandle(owning: key))
        guard EVP_PKEY_keygen_init(context.pointer) == 1 else { throw .drain(during: "EVP_PKEY_keygen_init") }
        return try generated(context)
    }

    private static func generate(on curve: Curve, _ algorithmName: String) throws(OpenSSLError) -> KeyHandle {
        let context = try KeyContext(algorithmName)
        guard EVP_PKEY_keygen_init(context.pointer) == 1,
            EVP_PKEY_CTX_set_group_name(context.pointer, curve.groupName) == 1
        else { throw .drain(during: "EVP_PKEY_keygen_init") }
        return try generated(context)
    }

    private static func generateEd25519() throws(OpenSSLError) -> KeyHandle {
        let context = try KeyContext("ED25519")
        guard EVP_PKEY_keygen_init(context.pointer) == 1 else { throw .drain(during: "EVP_PKEY_keygen_init") }
        return try generated(context)
    }

    private static func generated(_ context: borrowing KeyContext) throws(OpenSSLError) -> KeyHandle {
        var key: OpaquePointer?
        guard EVP_PKEY_generate(context.pointer, &key) == 1, let key else { throw .drain(during: generation) }
        return KeyHandle(owning: key)
    }

    private static func curve(_ bitCount: Int) throws(OpenSSLError) -> Curve {
        let curve = Curve.allCases.first { $0.keyKind == .ec && $0.bitCount == bitCount }
        guard let curve else { throw .refused("a curve of \(bitCount) bits", by: generation) }
        return curve
    }
}
