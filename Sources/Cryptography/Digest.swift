internal import COpenSSL

/// A digest that the protocol names (wire.md §4.2, data-model.md §7.3).
public enum Digest: Sendable {
    /// 16 bytes; only where old versions and the choice of a server ask for it.
    case md5
    /// 20 bytes; only where old versions ask for it.
    case sha1
    /// 32 bytes.
    case sha256
    /// 32 bytes; the national digest (GB/T 32905-2016), which SM2 signatures are made of (security.md §4.1).
    case sm3

    /// Length in bytes.
    public var byteCount: Int {
        switch self {
        case .md5: 16
        case .sha1: 20
        case .sha256, .sm3: 32
        }
    }

    /// The library's own, which nobody frees.
    var algorithm: OpaquePointer? {
        switch self {
        case .md5: EVP_md5()
        case .sha1: EVP_sha1()
        case .sha256: EVP_sha256()
        case .sm3: EVP_sm3()
        }
    }

    /// The digest of what `message` lends.
    ///
    /// Throws where the library refuses, as MD5 in a FIPS configuration.
    public func digest(of message: RawSpan) throws(OpenSSLError) -> [UInt8] {
        var length: UInt32 = 0
        var isDone = false
        let result = [UInt8](unsafeUninitializedCapacity: byteCount) { target, count in
            isDone = message.withUnsafeBytes {
                EVP_Digest($0.baseAddress, $0.count, target.baseAddress, &length, algorithm, nil) == 1
            }
            count = isDone ? Int(length) : 0
        }
        guard isDone else { throw .drain(during: "EVP_Digest") }
        return result
    }

    /// The digest of `message`.
    public func digest(of message: [UInt8]) throws(OpenSSLError) -> [UInt8] {
        try digest(of: message.span.bytes)
    }
}
