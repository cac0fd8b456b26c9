/// The words of a line of a batch file.
enum BatchText {
    /// The first word at or after `start`: bytes other than blanks; empty at the line's end.
    static func word(of line: UnsafeBufferPointer<UInt8>, from start: Int) -> Range<Int> {
        var first = start
        while first < line.count, line[first] == 0x20 { first += 1 }
        var end = first
        while end < line.count, line[end] != 0x20 { end += 1 }
        return first..<end
    }

    /// What follows `start`, without the control bytes and blanks at both ends, as Handle.Net's own tool reads it.
    static func rest(of line: UnsafeBufferPointer<UInt8>, from start: Int) -> Range<Int> {
        var first = start
        var end = line.count
        while first < end, line[first] <= 0x20 { first += 1 }
        while end > first, line[end - 1] <= 0x20 { end -= 1 }
        return first..<end
    }

    /// Whether `text`, written as the last part of a line, is read as it is.
    static func isRestOfLine(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let first = text.first, let last = text.last, first > 0x20, last > 0x20 else { return false }
        return !text.contains { $0 == 0x0A || $0 == 0x0D }
    }

    /// Whether `text`, written between blanks, is read as it is.
    static func isWord(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        !text.isEmpty && !text.contains { $0 == 0x20 || $0 == 0x0A || $0 == 0x0D }
    }

    /// Whether a line ends a block.
    static func isBlank(_ line: UnsafeBufferPointer<UInt8>) -> Bool {
        line.allSatisfy { $0 == 0x20 || $0 == 0x09 }
    }

    /// Whether a line is the reason that a rejects file puts before a block.
    static func isReason(_ line: UnsafeBufferPointer<UInt8>) -> Bool {
        UnsafeBufferPointer(rebasing: line.prefix(reasonMark.utf8CodeUnitCount)).equals(reasonMark)
    }

    /// What such a line begins with.
    static let reasonMark: StaticString = "#rejected "
    /// What stands before a block of the rejects file that may lack its end, so that it is none until somebody has
    /// looked.
    static let cutMark: StaticString = "CUT "
}
