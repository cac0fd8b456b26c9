/// Tells which text of a string item is its own: `t` elements, but not those of `rPh`, which say how it is pronounced.
struct RichText {
    private var phoneticDepth = 0
    /// Whether text that comes now belongs to the item.
    private(set) var isText = false

    mutating func begin(_ name: UnsafeBufferPointer<UInt8>) {
        if name.equals("rPh") { phoneticDepth += 1 }
        if name.equals("t") { isText = phoneticDepth == 0 }
    }

    mutating func end(_ name: UnsafeBufferPointer<UInt8>) {
        if name.equals("rPh") { phoneticDepth -= 1 }
        if name.equals("t") { isText = false }
    }

    /// Decodes `_xHHHH_` in the text at the end of `bytes`, from `start`: what XML cannot hold, such as `_x000D_`, and
    /// the `_` of such a text itself. NUL and halves of surrogate pairs stay as they are.
    static func decodeTail(of bytes: inout [UInt8], from start: Int) {
        guard bytes[start...].contains(UInt8(ascii: "_")) else { return }
        var (input, output) = (start, start)
        while input < bytes.count {
            if let scalar = escape(bytes, at: input) {
                // At most three bytes take the place of seven.
                for byte in String(Character(scalar)).utf8 {
                    bytes[output] = byte
                    output += 1
                }
                input += 7
            } else {
                bytes[output] = bytes[input]
                output += 1
                input += 1
            }
        }
        bytes.removeLast(bytes.count - output)
    }

    private static func escape(_ bytes: [UInt8], at position: Int) -> Unicode.Scalar? {
        guard bytes.count - position >= 7, bytes[position] == UInt8(ascii: "_"),
            bytes[position + 1] == UInt8(ascii: "x"), bytes[position + 6] == UInt8(ascii: "_")
        else { return nil }
        var value: UInt32 = 0
        for digitPosition in position + 2..<position + 6 {
            guard let digit = Hexadecimal.digit(bytes[digitPosition]) else { return nil }
            value = value << 4 | UInt32(digit)
        }
        return value == 0 ? nil : Unicode.Scalar(value)
    }
}
