internal import COpenSSL

extension Cipher {
    enum Direction: Int32 {
        case decryption = 0
        case encryption = 1
    }

    /// Enciphers or deciphers `input` in one go.
    func run(
        _ direction: Direction,
        on input: [UInt8],
        key: [UInt8],
        iv: [UInt8]
    ) throws(OpenSSLError) -> [UInt8] {
        guard key.count == keyByteCount, iv.count == ivByteCount, input.count < Int(Int32.max) - blockByteCount else {
            throw .refused(
                "\(self) of \(input.count) bytes with a key of \(key.count) and a vector of \(iv.count)",
                by: "EVP_CipherInit_ex2"
            )
        }
        let algorithm = try algorithm()
        guard let context = EVP_CIPHER_CTX_new() else { throw .drain(during: "EVP_CIPHER_CTX_new") }
        defer { EVP_CIPHER_CTX_free(context) }
        guard EVP_CipherInit_ex2(context, algorithm, key, iv, direction.rawValue, nil) == 1 else {
            throw .drain(during: "EVP_CipherInit_ex2")
        }
        let output = [UInt8].filled(byteCountMax: input.count + blockByteCount) { target, byteCount in
            var begunCount: Int32 = 0
            var endedCount: Int32 = 0
            guard EVP_CipherUpdate(context, target, &begunCount, input, Int32(input.count)) == 1,
                EVP_CipherFinal_ex(context, target?.advanced(by: Int(begunCount)), &endedCount) == 1
            else { return false }
            byteCount = Int(begunCount) + Int(endedCount)
            return true
        }
        guard let output else { throw .drain(during: "EVP_CipherFinal_ex") }
        return output
    }

    /// The library's own algorithm, which nobody frees.
    private func algorithm() throws(OpenSSLError) -> OpaquePointer? {
        switch self {
        case .desECB: try LegacyLibrary.shared.get().desECB
        case .desCBC: try LegacyLibrary.shared.get().desCBC
        case .tripleDESECB: EVP_des_ede3_ecb()
        case .tripleDESCBC: EVP_des_ede3_cbc()
        case .aes128ECB: EVP_aes_128_ecb()
        case .aes128CBC: EVP_aes_128_cbc()
        case .aes256CBC: EVP_aes_256_cbc()
        case .sm4CBC: EVP_sm4_cbc()
        }
    }
}
