/// Standard base64 with padding (RFC 4648 §4), without line breaks.
enum Base64 {
    private static let padding = UInt8(ascii: "=")

    /// Decodes the text at the end of `bytes`, from `start`, in place; false where it is not canonical base64.
    static func decodeTail(of bytes: inout [UInt8], from start: Int) -> Bool {
        let count = bytes.count - start
        guard count % 4 == 0 else { return false }
        guard count > 0 else { return true }
        let paddingCount = bytes[bytes.count - 1] != padding ? 0 : bytes[bytes.count - 2] != padding ? 1 : 2
        let digitCount = count - paddingCount
        var output = start
        var accumulator: UInt32 = 0
        var bitCount: UInt32 = 0
        for input in start..<start + digitCount {
            guard let digit = digit(bytes[input]) else { return false }
            accumulator = accumulator << 6 | digit
            bitCount += 6
            if bitCount >= 8 {
                bitCount -= 8
                bytes[output] = UInt8(truncatingIfNeeded: accumulator >> bitCount)
                output += 1
            }
            accumulator &= (1 << bitCount) - 1
        }
        // Bits that stand for nothing are zero, so that each value has one spelling.
        guard accumulator == 0 else { return false }
        bytes.removeLast(bytes.count - output)
        return true
    }

    /// Appends `data` as base64.
    static func append(_ data: UnsafeBufferPointer<UInt8>, to bytes: inout [UInt8]) {
        var position = 0
        while position < data.count {
            let left = data.count - position
            let group =
                UInt32(data[position]) << 16 | (left > 1 ? UInt32(data[position + 1]) << 8 : 0)
                | (left > 2 ? UInt32(data[position + 2]) : 0)
            bytes.append(character(group >> 18))
            bytes.append(character(group >> 12 & 63))
            bytes.append(left > 1 ? character(group >> 6 & 63) : padding)
            bytes.append(left > 2 ? character(group & 63) : padding)
            position += 3
        }
    }

    private static func digit(_ byte: UInt8) -> UInt32? {
        switch byte {
        case 0x41...0x5A: UInt32(byte) - 0x41
        case 0x61...0x7A: UInt32(byte) - 0x61 + 26
        case 0x30...0x39: UInt32(byte) - 0x30 + 52
        case UInt8(ascii: "+"): 62
        case UInt8(ascii: "/"): 63
        default: nil
        }
    }

    private static func character(_ digit: UInt32) -> UInt8 {
        switch digit {
        case 0..<26: 0x41 + UInt8(digit)
        case 26..<52: 0x61 + UInt8(digit - 26)
        case 52..<62: 0x30 + UInt8(digit - 52)
        case 62: UInt8(ascii: "+")
        default: UInt8(ascii: "/")
        }
    }
}
