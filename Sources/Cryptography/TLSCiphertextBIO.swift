internal import COpenSSL

/// Lets the library read from and write to a `TLSCiphertext`.
enum TLSCiphertextBIO {
    /// A BIO over `ciphertext`, which it keeps alive; nil where the library has no memory.
    static func make(over ciphertext: TLSCiphertext) -> OpaquePointer? {
        guard let method, let bio = BIO_new(method) else { return nil }
        BIO_set_data(bio, Unmanaged.passRetained(ciphertext).toOpaque())
        BIO_set_init(bio, 1)
        return bio
    }

    // The library's own table of functions: filled once, then only read.
    private nonisolated(unsafe) static let method: OpaquePointer? = {
        let kind = BIO_get_new_index()
        guard kind > 0, let method = BIO_meth_new(kind | BIO_TYPE_SOURCE_SINK, "ciphertext") else { return nil }
        BIO_meth_set_read_ex(method) { read($0, $1, $2, $3) }
        BIO_meth_set_write_ex(method) { write($0, $1, $2, $3) }
        BIO_meth_set_ctrl(method) { control($0, $1, $2, $3) }
        BIO_meth_set_destroy(method) { destroy($0) }
        return method
    }()

    private static let waitingFlags = BIO_FLAGS_READ | BIO_FLAGS_WRITE | BIO_FLAGS_SHOULD_RETRY

    private static func ciphertext(of bio: OpaquePointer?) -> Unmanaged<TLSCiphertext>? {
        BIO_get_data(bio).map { Unmanaged<TLSCiphertext>.fromOpaque($0) }
    }

    private static func read(
        _ bio: OpaquePointer?,
        _ target: UnsafeMutablePointer<CChar>?,
        _ byteCount: Int,
        _ taken: UnsafeMutablePointer<Int>?
    ) -> Int32 {
        move(bio, taken, waiting: BIO_FLAGS_READ) {
            $0.take(into: UnsafeMutableRawBufferPointer(start: target, count: target == nil ? 0 : byteCount))
        }
    }

    private static func write(
        _ bio: OpaquePointer?,
        _ source: UnsafePointer<CChar>?,
        _ byteCount: Int,
        _ taken: UnsafeMutablePointer<Int>?
    ) -> Int32 {
        move(bio, taken, waiting: BIO_FLAGS_WRITE) {
            $0.append(UnsafeRawBufferPointer(start: source, count: source == nil ? 0 : byteCount))
        }
    }

    /// Tells the library how many bytes `body` moved; where there were none, that it is to come again.
    private static func move(
        _ bio: OpaquePointer?,
        _ moved: UnsafeMutablePointer<Int>?,
        waiting flag: Int32,
        _ body: (TLSCiphertext) -> Int
    ) -> Int32 {
        BIO_clear_flags(bio, waitingFlags)
        let count = ciphertext(of: bio).map { body($0.takeUnretainedValue()) } ?? 0
        moved?.pointee = count
        guard count == 0 else { return 1 }
        BIO_set_flags(bio, flag | BIO_FLAGS_SHOULD_RETRY)
        return 0
    }

    private static func control(_ bio: OpaquePointer?, _ command: Int32, _: Int, _: UnsafeMutableRawPointer?) -> Int {
        switch command {
        // What is written is there for whoever takes it.
        case BIO_CTRL_FLUSH: 1
        case BIO_CTRL_PENDING, BIO_CTRL_WPENDING: ciphertext(of: bio)?.takeUnretainedValue().count ?? 0
        default: 0
        }
    }

    private static func destroy(_ bio: OpaquePointer?) -> Int32 {
        ciphertext(of: bio)?.release()
        BIO_set_data(bio, nil)
        return 1
    }
}
