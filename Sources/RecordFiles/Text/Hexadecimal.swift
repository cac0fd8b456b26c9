/// Two hexadecimal digits per byte, either case.
enum Hexadecimal {
    /// Decodes the text at the end of `bytes`, from `start`, in place; false where it is not hexadecimal.
    static func decodeTail(of bytes: inout [UInt8], from start: Int) -> Bool {
        let count = bytes.count - start
        guard count % 2 == 0 else { return false }
        for pair in 0..<count / 2 {
            guard let high = digit(bytes[start + 2 * pair]), let low = digit(bytes[start + 2 * pair + 1]) else {
                return false
            }
            bytes[start + pair] = high << 4 | low
        }
        bytes.removeLast(count / 2)
        return true
    }

    /// The value of one digit.
    static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x41...0x46: byte - 0x41 + 10
        case 0x61...0x66: byte - 0x61 + 10
        default: nil
        }
    }

    /// The digit of a value below 16, in lower case.
    static func character(_ value: UInt8) -> UInt8 {
        value < 10 ? 0x30 + value : 0x61 + value - 10
    }
}
