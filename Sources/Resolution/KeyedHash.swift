/// A fast hash keyed by a secret drawn at start, so that nobody outside can make names collide on purpose.
///
/// Folded 64×64→128 multiplications over 8-byte words. Not a cryptographic digest: wherever two things must not be
/// confused, they are compared as well.
public struct KeyedHash: Sendable {
    private let first: UInt64
    private let second: UInt64

    /// A hash keyed by two secrets.
    public init(first: UInt64, second: UInt64) {
        self.first = first | 1
        self.second = second | 1
    }

    /// A hash with secrets of this process.
    public static func random() -> KeyedHash {
        KeyedHash(first: .random(in: .min ... .max), second: .random(in: .min ... .max))
    }

    /// The hash of what `span` lends.
    func hash(_ span: RawSpan) -> UInt64 {
        var state = first ^ UInt64(truncatingIfNeeded: span.byteCount)
        var offset = 0
        while span.byteCount &- offset >= 8 {
            let word = span.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self)
            state = mix(state ^ word, second)
            offset &+= 8
        }
        // The 1 in front keeps tails apart that begin with zeros.
        var tail: UInt64 = 1
        while offset < span.byteCount {
            tail = tail << 8 | UInt64(span.unsafeLoad(fromByteOffset: offset, as: UInt8.self))
            offset &+= 1
        }
        return mix(mix(state ^ tail, second), first)
    }

    /// The hash of a word.
    public func hash(_ word: UInt64) -> UInt64 { mix(mix(first ^ word, second), first) }

    /// The hash of three words.
    ///
    /// Each word goes through two multiplications at least: after a single one, words that count up (request ids) crowd
    /// into few buckets with one key in 170.
    func hash(_ a: UInt64, _ b: UInt64, _ c: UInt64) -> UInt64 {
        mix(mix(mix(mix(first ^ a, second) ^ b, second) ^ c, second), first)
    }

    private func mix(_ a: UInt64, _ b: UInt64) -> UInt64 {
        let product = a.multipliedFullWidth(by: b)
        return product.high ^ product.low
    }
}
