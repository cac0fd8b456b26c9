internal import COpenSSL

/// The one owner of a key of the library.
///
/// `@unchecked Sendable`: the key is complete when it comes here and is not changed after. Each signature, verification
/// and decryption makes a context of its own, and the library locks what it keeps beside the key (blinding, cached
/// forms), so that threads may share it.
final class KeyHandle: @unchecked Sendable {
    let key: OpaquePointer

    /// Takes over `key`.
    init(owning key: OpaquePointer) {
        self.key = key
    }

    deinit {
        EVP_PKEY_free(key)
    }

    var bitCount: Int { Int(EVP_PKEY_get_bits(key)) }

    /// The longest signature, ciphertext or secret of this key, in bytes.
    var outputByteCountMax: Int { Int(EVP_PKEY_get_size(key)) }

    /// A number of the key, unsigned and without leading zeros; nil where the key has none of this name.
    func number(_ name: String) -> [UInt8]? {
        var pointer: OpaquePointer?
        defer { ERR_clear_error() }
        guard EVP_PKEY_get_bn_param(key, name, &pointer) == 1, let pointer else { return nil }
        return BigNumber(owning: pointer).bytes
    }

    /// Bytes of the key; nil where the key has none of this name.
    func octets(_ name: String, byteCountMax: Int) -> [UInt8]? {
        defer { ERR_clear_error() }
        return [UInt8].filled(byteCountMax: byteCountMax) { target, byteCount in
            EVP_PKEY_get_octet_string_param(key, name, target, byteCountMax, &byteCount) == 1
        }
    }
}
