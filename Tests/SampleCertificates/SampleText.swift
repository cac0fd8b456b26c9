internal import COpenSSL

/// What the library writes to memory.
enum SampleText {
    /// The bytes that `write` puts into a BIO; it returns 1 where it could.
    static func written(_ write: (OpaquePointer) -> Int32) throws -> [UInt8] {
        guard let bio = BIO_new(BIO_s_mem()) else { throw SampleFailure(function: "BIO_new") }
        defer { BIO_free(bio) }
        guard write(bio) == 1 else { throw SampleFailure(function: "writing to a BIO") }
        var bytes = [UInt8](repeating: 0, count: BIO_ctrl_pending(bio))
        guard Int(BIO_read(bio, &bytes, Int32(bytes.count))) == bytes.count else {
            throw SampleFailure(function: "BIO_read")
        }
        return bytes
    }
}
