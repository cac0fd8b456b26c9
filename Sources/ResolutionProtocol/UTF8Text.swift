/// Checks on bytes that should be UTF-8 text.
public enum UTF8Text {
    /// Offset of the first byte that begins no well-formed sequence (Unicode §3.9, table 3-7), or nil.
    public static func firstInvalidOffset(in bytes: [UInt8]) -> Int? {
        var offset = 0
        while offset < bytes.count {
            let length = sequenceLength(bytes[offset...])
            guard length > 0 else { return offset }
            offset += length
        }
        return nil
    }

    /// Offset of the first control character (C0, DEL, C1), or nil. `bytes` are well-formed.
    public static func firstControlOffset(in bytes: [UInt8]) -> Int? {
        for (offset, byte) in bytes.enumerated() {
            if byte < 0x20 || byte == 0x7F { return offset }
            if byte == 0xC2, offset + 1 < bytes.count, bytes[offset + 1] < 0xA0 { return offset }
        }
        return nil
    }

    /// Bytes of the well-formed sequence at the start of `bytes`; 0 when there is none.
    private static func sequenceLength(_ bytes: ArraySlice<UInt8>) -> Int {
        guard let first = bytes.first else { return 0 }
        if first < 0x80 { return 1 }
        guard let (length, second) = expectation(of: first), bytes.count >= length else { return 0 }
        let tail = bytes.dropFirst().prefix(length - 1)
        guard let next = tail.first, second.contains(next) else { return 0 }
        return tail.dropFirst().allSatisfy { (0x80...0xBF).contains($0) } ? length : 0
    }

    /// Length of the sequence that `first` begins, and what may follow it: shuts out overlong forms and surrogates.
    private static func expectation(of first: UInt8) -> (length: Int, second: ClosedRange<UInt8>)? {
        switch first {
        case 0xC2...0xDF: (2, 0x80...0xBF)
        case 0xE0: (3, 0xA0...0xBF)
        case 0xED: (3, 0x80...0x9F)
        case 0xE1...0xEF: (3, 0x80...0xBF)
        case 0xF0: (4, 0x90...0xBF)
        case 0xF1...0xF3: (4, 0x80...0xBF)
        case 0xF4: (4, 0x80...0x8F)
        default: nil
        }
    }
}
