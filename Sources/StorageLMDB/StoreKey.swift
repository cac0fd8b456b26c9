internal import CXXHash
internal import ResolutionProtocol

/// Keys as LMDB holds them, which takes at most 511 bytes: a short folded identifier as it is, of a longer one the
/// first 495 bytes and 16 bytes of a keyed digest of all of it. The first kind has at most 510 bytes and the second
/// exactly 511, so they never meet.
struct StoreKey: Sendable {
    /// The longest key of the first kind.
    static let plainByteCountMax = 510
    /// Bytes of a key of the second kind.
    static let digestedByteCount = 511
    /// Bytes of the name that a key of the second kind begins with.
    static let headByteCount = 495

    /// The store's secret.
    let secret: UInt64

    /// Writes the key of the second kind for `folded`, which is longer than `plainByteCountMax`, to `target`.
    func writeDigested(_ folded: UnsafeRawBufferPointer, to target: UnsafeMutableRawPointer) {
        guard let source = folded.baseAddress, folded.count >= Self.headByteCount else { return }
        target.copyMemory(from: source, byteCount: Self.headByteCount)
        let digest = hj_xxh3_128_seeded(source, folded.count, secret)
        target.storeBytes(of: digest.high64.bigEndian, toByteOffset: Self.headByteCount, as: UInt64.self)
        target.storeBytes(of: digest.low64.bigEndian, toByteOffset: Self.headByteCount + 8, as: UInt64.self)
    }

    /// The key for `folded`.
    func key(of folded: [UInt8]) -> [UInt8] {
        guard folded.count > Self.plainByteCountMax else { return folded }
        return [UInt8](unsafeUninitializedCapacity: Self.digestedByteCount) { target, count in
            guard let address = target.baseAddress else { return }
            folded.withUnsafeBytes { writeDigested($0, to: UnsafeMutableRawPointer(address)) }
            count = Self.digestedByteCount
        }
    }

    /// Eight bytes that stand for `folded` in the index of the history.
    func historyHash(of folded: [UInt8]) -> UInt64 {
        folded.withUnsafeBytes { hj_xxh3_64_seeded($0.baseAddress, $0.count, secret) }
    }
}
