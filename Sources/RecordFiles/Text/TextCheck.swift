/// Checks that bytes are text: UTF-8 (RFC 3629) without NUL.
enum TextCheck {
    /// Offset of the first byte that is NUL or does not belong to valid UTF-8; `nil` if there is none.
    @inline(__always)
    static func firstFault(_ text: UnsafeBufferPointer<UInt8>) -> Int? {
        guard let base = text.baseAddress else { return nil }
        let raw = UnsafeRawPointer(base)
        var position = 0
        while position < text.count {
            // Eight bytes at once: neither a high bit nor a zero byte.
            while text.count - position >= 8 {
                let word = raw.loadUnaligned(fromByteOffset: position, as: UInt64.self)
                let zeros = (word &- 0x0101_0101_0101_0101) & ~word
                guard (word | zeros) & 0x8080_8080_8080_8080 == 0 else { break }
                position += 8
            }
            guard position < text.count else { return nil }
            let length = sequenceLength(base + position, text.count - position)
            guard length > 0 else { return position }
            position += length
        }
        return nil
    }

    /// Bytes of the UTF-8 sequence that begins at `start`; 0 if it is none, is cut, or is NUL. `count` is at least 1.
    static func sequenceLength(_ start: UnsafePointer<UInt8>, _ count: Int) -> Int {
        let lead = start[0]
        if lead < 0x80 { return lead == 0 ? 0 : 1 }
        if lead < 0xC2 || count < 2 { return 0 }
        let second = start[1]
        if lead < 0xE0 { return isContinuation(second) ? 2 : 0 }
        if lead < 0xF0 {
            guard count >= 3, isContinuation(second), isContinuation(start[2]) else { return 0 }
            // No overlong forms, no surrogates.
            return (lead == 0xE0 && second < 0xA0) || (lead == 0xED && second > 0x9F) ? 0 : 3
        }
        guard lead < 0xF5, count >= 4 else { return 0 }
        guard isContinuation(second), isContinuation(start[2]), isContinuation(start[3]) else { return 0 }
        return (lead == 0xF0 && second < 0x90) || (lead == 0xF4 && second > 0x8F) ? 0 : 4
    }

    /// Whether a value may be written as `string` (data model §9): UTF-8 without control bytes 00-08, 14-1F, 7F.
    static func isPlain(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        for byte in text where byte <= 0x08 || (byte >= 0x14 && byte <= 0x1F) || byte == 0x7F { return false }
        return firstFault(text) == nil
    }

    @inline(__always)
    private static func isContinuation(_ byte: UInt8) -> Bool { byte & 0xC0 == 0x80 }
}
