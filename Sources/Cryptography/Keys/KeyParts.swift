internal import COpenSSL

/// The numbers and names that a key is made of, as the library takes them.
///
/// The library keeps pointers to what is pushed until the key is made; all of them live as long as this.
struct KeyParts: ~Copyable {
    private let builder: OpaquePointer?
    private var numbers: [OpaquePointer] = []
    private var buffers: [UnsafeMutableRawBufferPointer] = []
    private var isComplete: Bool

    init() {
        builder = OSSL_PARAM_BLD_new()
        isComplete = builder != nil
    }

    deinit {
        OSSL_PARAM_BLD_free(builder)
        for number in numbers { BN_clear_free(number) }
        for buffer in buffers {
            OPENSSL_cleanse(buffer.baseAddress, buffer.count)
            buffer.deallocate()
        }
    }

    /// An unsigned big-endian number.
    mutating func number(_ name: String, _ bytes: [UInt8]) {
        guard let count = Int32(exactly: bytes.count), let number = BN_bin2bn(bytes, count, nil) else {
            isComplete = false
            return
        }
        numbers.append(number)
        isComplete = OSSL_PARAM_BLD_push_BN(builder, kept(name), number) == 1 && isComplete
    }

    mutating func text(_ name: String, _ text: String) {
        let isPushed = OSSL_PARAM_BLD_push_utf8_string(builder, kept(name), kept(text), text.utf8.count) == 1
        isComplete = isPushed && isComplete
    }

    mutating func octets(_ name: String, _ bytes: [UInt8]) {
        let isPushed = OSSL_PARAM_BLD_push_octet_string(builder, kept(name), kept(bytes).baseAddress, bytes.count) == 1
        isComplete = isPushed && isComplete
    }

    /// Which of the parts are taken.
    enum Selection {
        case parameters
        case publicKey
        case keyPair

        fileprivate var flags: Int32 {
            switch self {
            case .parameters: hanjiang_selection_parameters()
            case .publicKey: hanjiang_selection_public_key()
            case .keyPair: hanjiang_selection_key_pair()
            }
        }
    }

    /// The key. Throws `.malformed` when the library refuses the numbers.
    consuming func makeKey(_ algorithmName: String, selecting selection: Selection) throws(KeyError) -> KeyHandle {
        guard isComplete, let parameters = OSSL_PARAM_BLD_to_param(builder) else {
            throw .library(.drain(during: "OSSL_PARAM_BLD_to_param"))
        }
        defer { OSSL_PARAM_free(parameters) }
        let context = EVP_PKEY_CTX_new_from_name(nil, algorithmName, nil)
        defer { EVP_PKEY_CTX_free(context) }
        guard EVP_PKEY_fromdata_init(context) == 1 else { throw .library(.drain(during: "EVP_PKEY_fromdata_init")) }
        var key: OpaquePointer?
        guard EVP_PKEY_fromdata(context, &key, selection.flags, parameters) == 1, let key else {
            // The library refuses the numbers themselves: what was read is no key.
            ERR_clear_error()
            throw .malformed
        }
        return KeyHandle(owning: key)
    }

    private mutating func kept(_ text: String) -> UnsafePointer<CChar>? {
        UnsafePointer(kept(Array(text.utf8) + [0]).baseAddress?.assumingMemoryBound(to: CChar.self))
    }

    private mutating func kept(_ bytes: [UInt8]) -> UnsafeMutableRawBufferPointer {
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: max(bytes.count, 1), alignment: 1)
        buffer.copyBytes(from: bytes)
        buffers.append(buffer)
        return buffer
    }
}
