/// Case folding of identifiers: a-z to A-Z on bytes, all else unchanged (data-model.md §1.1).
public enum ASCIIFolding {
    /// One octet in upper case.
    @inlinable
    public static func uppercased(_ byte: UInt8) -> UInt8 {
        byte &- UInt8(ascii: "a") < 26 ? byte & 0xDF : byte
    }

    /// All octets in upper case.
    public static func uppercased(_ bytes: [UInt8]) -> [UInt8] {
        bytes.map(uppercased)
    }

    /// A text in upper case, its characters beyond ASCII unchanged.
    public static func uppercased(_ text: String) -> String {
        String(decoding: text.utf8.map(uppercased), as: UTF8.self)
    }

    /// Whether two names differ in nothing but ASCII case.
    public static func areEqual(_ a: ArraySlice<UInt8>, _ b: ArraySlice<UInt8>) -> Bool {
        a.count == b.count && zip(a, b).allSatisfy { uppercased($0) == uppercased($1) }
    }

    /// Whether two lent names differ in nothing but ASCII case.
    @inlinable
    public static func areEqual(_ a: RawSpan, _ b: RawSpan) -> Bool {
        let byteCount = a.byteCount
        guard byteCount == b.byteCount else { return false }
        guard byteCount >= 8 else { return areEqualBytes(a, b) }
        var position = 0
        while byteCount &- position >= 8 {
            guard areEqualWords(a, b, at: position) else { return false }
            position &+= 8
        }
        // The last word may overlap the one before.
        return position == byteCount || areEqualWords(a, b, at: byteCount &- 8)
    }

    // Safe: no position + 8 passes the byte count of either.
    @inlinable
    @inline(__always)
    static func areEqualWords(_ a: RawSpan, _ b: RawSpan, at position: Int) -> Bool {
        let left = a.unsafeLoadUnaligned(fromByteOffset: position, as: UInt64.self)
        let right = b.unsafeLoadUnaligned(fromByteOffset: position, as: UInt64.self)
        return left == right || uppercased(word: left) == uppercased(word: right)
    }

    @inlinable
    static func areEqualBytes(_ a: RawSpan, _ b: RawSpan) -> Bool {
        for position in 0..<a.byteCount {
            let left = a.unsafeLoad(fromByteOffset: position, as: UInt8.self)
            let right = b.unsafeLoad(fromByteOffset: position, as: UInt8.self)
            guard left == right || uppercased(left) == uppercased(right) else { return false }
        }
        return true
    }

    /// Eight octets in upper case at once.
    @inlinable
    static func uppercased(word: UInt64) -> UInt64 {
        let low7 = word & 0x7F7F_7F7F_7F7F_7F7F
        let fromA = low7 &+ 0x1F1F_1F1F_1F1F_1F1F  // top bit set where the octet is at least "a"
        let afterZ = low7 &+ 0x0505_0505_0505_0505  // top bit set where it is beyond "z"
        let isLower = ~word & fromA & ~afterZ & 0x8080_8080_8080_8080
        return word &- (isLower >> 2)
    }
}

extension WireWriter {
    /// Appends what `span` lends in upper case.
    @inlinable
    public mutating func uppercased(_ span: RawSpan) {
        let byteCount = span.byteCount
        guard let target = reserve(byteCount) else { return }
        // Safe: no position + 8 (or 1) passes byteCount, for which reserve has made room.
        guard byteCount >= 8 else {
            for position in 0..<byteCount { uppercaseByte(at: position, of: span, to: target) }
            return advance(byteCount)
        }
        var position = 0
        while byteCount &- position >= 8 {
            uppercaseWord(at: position, of: span, to: target)
            position &+= 8
        }
        // The last word may overlap the one before; folding twice changes nothing.
        if position < byteCount { uppercaseWord(at: byteCount &- 8, of: span, to: target) }
        advance(byteCount)
    }

    @inlinable
    @inline(__always)
    func uppercaseWord(at position: Int, of span: RawSpan, to target: UnsafeMutableRawPointer) {
        let word = span.unsafeLoadUnaligned(fromByteOffset: position, as: UInt64.self)
        target.storeBytes(of: ASCIIFolding.uppercased(word: word), toByteOffset: position, as: UInt64.self)
    }

    @inlinable
    @inline(__always)
    func uppercaseByte(at position: Int, of span: RawSpan, to target: UnsafeMutableRawPointer) {
        let byte = span.unsafeLoad(fromByteOffset: position, as: UInt8.self)
        target.storeBytes(of: ASCIIFolding.uppercased(byte), toByteOffset: position, as: UInt8.self)
    }
}
