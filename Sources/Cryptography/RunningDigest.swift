internal import COpenSSL

/// A digest of bytes that come piece by piece, of which none is kept.
public final class RunningDigest {
    private let digest: Digest
    private let context: OpaquePointer

    /// Begins the digest of nothing.
    public init(_ digest: Digest) throws(OpenSSLError) {
        guard let context = EVP_MD_CTX_new() else { throw .drain(during: "EVP_MD_CTX_new") }
        self.digest = digest
        self.context = context
        // What has all its fields frees the context in deinit.
        try begin()
    }

    deinit { EVP_MD_CTX_free(context) }

    /// Takes the next bytes.
    public func update(_ bytes: RawSpan) throws(OpenSSLError) {
        let isDone = bytes.withUnsafeBytes { EVP_DigestUpdate(context, $0.baseAddress, $0.count) == 1 }
        guard isDone else { throw .drain(during: "EVP_DigestUpdate") }
    }

    /// The digest of all that was taken, after which it begins anew.
    public func finish() throws(OpenSSLError) -> [UInt8] {
        var length: UInt32 = 0
        var isDone = false
        let result = [UInt8](unsafeUninitializedCapacity: digest.byteCount) { target, count in
            isDone = EVP_DigestFinal_ex(context, target.baseAddress, &length) == 1
            count = isDone ? Int(length) : 0
        }
        guard isDone else { throw .drain(during: "EVP_DigestFinal_ex") }
        try begin()
        return result
    }

    private func begin() throws(OpenSSLError) {
        guard EVP_DigestInit_ex(context, digest.algorithm, nil) == 1 else { throw .drain(during: "EVP_DigestInit_ex") }
    }
}
