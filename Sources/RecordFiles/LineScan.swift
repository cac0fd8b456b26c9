import Glibc

/// Finds line ends: LF, CR LF, or CR alone.
enum LineScan {
    /// A line found in a window.
    struct Line {
        /// Bytes before the line end.
        let byteCount: Int
        /// Bytes with the line end.
        let consumed: Int
    }

    /// The first line of `window` that begins at `offset`; `nil` if its end is not there yet.
    static func line(in window: UnsafeBufferPointer<UInt8>, from offset: Int, isLast: Bool) -> Line? {
        guard let base = window.baseAddress, window.count > offset else { return nil }
        let start = base + offset
        let count = window.count - offset
        let feed = position(of: 0x0A, in: start, count: count)
        let end = position(of: 0x0D, in: start, count: feed ?? count) ?? feed
        guard let end else { return isLast ? Line(byteCount: count, consumed: count) : nil }
        guard start[end] == 0x0D else { return Line(byteCount: end, consumed: end + 1) }
        // Whether a line feed follows a carriage return at the window's end is not known yet.
        guard end + 1 < count else { return isLast ? Line(byteCount: end, consumed: end + 1) : nil }
        return Line(byteCount: end, consumed: start[end + 1] == 0x0A ? end + 2 : end + 1)
    }

    /// How many line ends `text` holds.
    static func lineEndCount(_ text: UnsafeBufferPointer<UInt8>) -> Int {
        var count = 0
        for position in text.indices {
            if text[position] == 0x0A {
                count += 1
            } else if text[position] == 0x0D, position + 1 == text.count || text[position + 1] != 0x0A {
                count += 1
            }
        }
        return count
    }

    @inline(__always)
    static func position(of byte: UInt8, in start: UnsafePointer<UInt8>, count: Int) -> Int? {
        guard count > 0, let found = memchr(start, Int32(byte), count) else { return nil }
        return UnsafeRawPointer(found) - UnsafeRawPointer(start)
    }
}
