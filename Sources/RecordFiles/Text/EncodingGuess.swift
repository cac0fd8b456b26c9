/// Guesses from the first block whether a file is in another encoding than UTF-8.
enum EncodingGuess {
    /// What the block looks like.
    enum Verdict: Equatable { case utf8, gb18030, utf16 }

    /// Walks the non-ASCII characters of `block` and lets the majority decide: a file with one damaged row stays UTF-8
    /// (the row is an error), a file of Chinese text in GB18030 is refused as a whole.
    static func of(_ block: UnsafeBufferPointer<UInt8>) -> Verdict {
        guard let base = block.baseAddress else { return .utf8 }
        if block.count >= 2, (block[0] == 0xFF && block[1] == 0xFE) || (block[0] == 0xFE && block[1] == 0xFF) {
            return .utf16
        }
        var utf8Count = 0
        var gbCount = 0
        var position = 0
        while position < block.count {
            if base[position] < 0x80 {
                position += 1
                continue
            }
            let utf8Length = TextCheck.sequenceLength(base + position, block.count - position)
            if utf8Length > 0 {
                utf8Count += 1
                position += utf8Length
                continue
            }
            let gbLength = gb18030Length(base + position, block.count - position)
            if gbLength > 0 { gbCount += 1 }
            position += max(gbLength, 1)
        }
        return gbCount > utf8Count ? .gb18030 : .utf8
    }

    /// The fewest characters beyond ASCII from which bytes that are UTF-8 are taken for it whatever is said: a few
    /// characters of GB18030 may happen to be UTF-8 too.
    private static let utf8CharacterCountMin = 8

    /// Whether `block` is UTF-8, and beyond doubt: read as GB18030 it would be other text.
    static func isPlainlyUTF8(_ block: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let base = block.baseAddress else { return false }
        var count = 0
        var position = 0
        while position < block.count {
            let length = TextCheck.sequenceLength(base + position, block.count - position)
            // The block may end within a character.
            if length == 0, block.count - position >= 4 { return false }
            if length > 1 { count += 1 }
            position += max(length, 1)
        }
        return count >= utf8CharacterCountMin
    }

    /// Length of the two- or four-byte GB18030 character at `start`, 0 if there is none.
    private static func gb18030Length(_ start: UnsafePointer<UInt8>, _ count: Int) -> Int {
        guard count >= 2, (0x81...0xFE).contains(start[0]) else { return 0 }
        if (0x40...0xFE).contains(start[1]), start[1] != 0x7F { return 2 }
        guard count >= 4, (0x30...0x39).contains(start[1]) else { return 0 }
        return (0x81...0xFE).contains(start[2]) && (0x30...0x39).contains(start[3]) ? 4 : 0
    }
}
