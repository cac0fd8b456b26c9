internal import COpenSSL

/// What one signature or one verification needs beside the key.
struct SignatureContext: ~Copyable {
    enum Purpose {
        case signing
        case verification
    }

    private static let signerIDByteCountMax = 8_190

    let pointer: OpaquePointer

    init(
        _ handle: KeyHandle,
        _ kind: KeyKind,
        _ digest: Digest,
        signerID: [UInt8],
        for purpose: Purpose
    ) throws(OpenSSLError) {
        self = try Self.begun(handle, kind, digest, signerID, purpose)
    }

    // A copy-free value that is freed once must be complete before the next thing can fail.
    private static func begun(
        _ handle: KeyHandle,
        _ kind: KeyKind,
        _ digest: Digest,
        _ signerID: [UInt8],
        _ purpose: Purpose
    ) throws(OpenSSLError) -> SignatureContext {
        let context = try SignatureContext()
        let keyContext = try context.begin(purpose, handle, algorithm(kind, digest))
        guard kind == .sm2 else { return context }
        // Its length goes into Z as 16 bits that count bits (GB/T 32918.2-2016 §5.5); the library takes one byte less
        // than fits.
        guard signerID.count <= signerIDByteCountMax else {
            throw .refused("a user id of \(signerID.count) bytes", by: "EVP_PKEY_CTX_set1_id")
        }
        guard EVP_PKEY_CTX_set1_id(keyContext, signerID, Int32(signerID.count)) == 1 else {
            throw .drain(during: "EVP_PKEY_CTX_set1_id")
        }
        return context
    }

    private init() throws(OpenSSLError) {
        guard let pointer = EVP_MD_CTX_new() else { throw .drain(during: "EVP_MD_CTX_new") }
        self.pointer = pointer
    }

    deinit {
        EVP_MD_CTX_free(pointer)
    }

    /// The key's part of the context, which belongs to it.
    private func begin(
        _ purpose: Purpose,
        _ handle: KeyHandle,
        _ algorithm: OpaquePointer?
    ) throws(OpenSSLError) -> OpaquePointer? {
        var keyContext: OpaquePointer?
        switch purpose {
        case .signing:
            guard EVP_DigestSignInit(pointer, &keyContext, algorithm, nil, handle.key) == 1 else {
                throw .drain(during: "EVP_DigestSignInit")
            }
        case .verification:
            guard EVP_DigestVerifyInit(pointer, &keyContext, algorithm, nil, handle.key) == 1 else {
                throw .drain(during: "EVP_DigestVerifyInit")
            }
        }
        return keyContext
    }

    private static func algorithm(_ kind: KeyKind, _ digest: Digest) -> OpaquePointer? {
        switch kind {
        case .rsa, .dsa, .ec: digest.algorithm
        case .sm2: Digest.sm3.algorithm
        case .ed25519: nil
        }
    }
}
