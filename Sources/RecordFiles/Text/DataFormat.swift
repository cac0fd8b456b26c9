/// How a value's data stands in a text file (data model §9, the formats that need no knowledge of types).
enum DataFormat {
    case string, base64, hexadecimal

    init?(_ text: UnsafeBufferPointer<UInt8>) {
        if text.equals("string") {
            self = .string
        } else if text.equals("base64") {
            self = .base64
        } else if text.equals("hex") {
            self = .hexadecimal
        } else {
            return nil
        }
    }

    /// Turns the text at the end of `bytes`, from `start`, into the data it stands for.
    func decodeTail(of bytes: inout [UInt8], from start: Int) throws(RowErrorCode) {
        switch self {
        case .string: return
        case .base64:
            guard Base64.decodeTail(of: &bytes, from: start) else { throw .badBase64 }
        case .hexadecimal:
            guard Hexadecimal.decodeTail(of: &bytes, from: start) else { throw .badHexadecimal }
        }
    }
}

extension UnsafeBufferPointer<UInt8> {
    /// Whether the bytes are those of `name`.
    @inline(__always)
    func equals(_ name: StaticString) -> Bool {
        guard count == name.utf8CodeUnitCount else { return false }
        return elementsEqual(UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount))
    }

    /// As `equals`, with ASCII letters of either case; `name` is in lower case.
    func equalsFolded(_ name: StaticString) -> Bool {
        guard count == name.utf8CodeUnitCount else { return false }
        for position in 0..<count {
            let byte = self[position]
            let folded = byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte
            if folded != name.utf8Start[position] { return false }
        }
        return true
    }
}
