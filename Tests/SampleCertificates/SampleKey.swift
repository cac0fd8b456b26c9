internal import COpenSSL

/// A private key that a test has just made.
package final class SampleKey {
    /// The kinds that certificates have.
    package enum Kind: Sendable {
        case p256
        case rsa(bitCount: Int32)
        case ed25519
    }

    let kind: Kind
    let key: OpaquePointer

    /// A new one.
    package init(_ kind: Kind) throws {
        self.kind = kind
        let identifier =
            switch kind {
            case .p256: EVP_PKEY_EC
            case .rsa: EVP_PKEY_RSA
            case .ed25519: EVP_PKEY_ED25519
            }
        let context = EVP_PKEY_CTX_new_id(identifier, nil)
        defer { EVP_PKEY_CTX_free(context) }
        guard EVP_PKEY_keygen_init(context) == 1 else { throw SampleFailure(function: "EVP_PKEY_keygen_init") }
        switch kind {
        case .p256: EVP_PKEY_CTX_set_ec_paramgen_curve_nid(context, NID_X9_62_prime256v1)
        case .rsa(let bitCount): EVP_PKEY_CTX_set_rsa_keygen_bits(context, bitCount)
        case .ed25519: break
        }
        var made: OpaquePointer?
        guard EVP_PKEY_keygen(context, &made) == 1, let made else { throw SampleFailure(function: "EVP_PKEY_keygen") }
        key = made
    }

    deinit { EVP_PKEY_free(key) }

    /// PKCS#8, PEM; encrypted where there is a passphrase.
    package func pem(passphrase: String? = nil) throws -> [UInt8] {
        try SampleText.written { bio in
            guard let passphrase else { return PEM_write_bio_PKCS8PrivateKey(bio, key, nil, nil, 0, nil, nil) }
            return PEM_write_bio_PKCS8PrivateKey(
                bio,
                key,
                EVP_aes_256_cbc(),
                passphrase,
                Int32(passphrase.utf8.count),
                nil,
                nil
            )
        }
    }

    /// SubjectPublicKeyInfo, DER.
    package func subjectPublicKeyInfo() throws -> [UInt8] {
        try SampleText.written { i2d_PUBKEY_bio($0, key) }
    }

    /// What it signs certificates with.
    var digest: OpaquePointer? {
        if case .ed25519 = kind { return nil }
        return EVP_sha256()
    }
}
