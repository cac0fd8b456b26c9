internal import COpenSSL

/// What one encryption, decryption or agreement needs beside the key.
struct KeyContext: ~Copyable {
    let pointer: OpaquePointer

    init(_ handle: KeyHandle) throws(OpenSSLError) {
        guard let pointer = EVP_PKEY_CTX_new_from_pkey(nil, handle.key, nil) else {
            throw .drain(during: "EVP_PKEY_CTX_new_from_pkey")
        }
        self.pointer = pointer
    }

    /// For keys that are to be made.
    init(_ algorithmName: String) throws(OpenSSLError) {
        guard let pointer = EVP_PKEY_CTX_new_from_name(nil, algorithmName, nil) else {
            throw .drain(during: "EVP_PKEY_CTX_new_from_name")
        }
        self.pointer = pointer
    }

    deinit {
        EVP_PKEY_CTX_free(pointer)
    }

    func usePKCS1Padding() throws(OpenSSLError) {
        guard EVP_PKEY_CTX_set_rsa_padding(pointer, RSA_PKCS1_PADDING) == 1 else {
            throw .drain(during: "EVP_PKEY_CTX_set_rsa_padding")
        }
    }
}
