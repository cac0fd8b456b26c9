extension LineScan {
    /// The line at `offset` of the window, reading on as needed; `nil` if it is longer than a record may be.
    static func line(in source: RowSource, at offset: Int = 0) throws(RecordFileError) -> Line? {
        while true {
            let window = source.window
            if let line = line(in: window, from: offset, isLast: source.isAtEnd) {
                return line.byteCount <= RecordLimits.recordByteCountMax ? line : nil
            }
            guard !source.isAtEnd, window.count - offset <= RecordLimits.recordByteCountMax else { return nil }
            _ = try source.fill()
        }
    }

    /// Consumes a line of any length.
    static func skipLine(of source: RowSource) throws(RecordFileError) {
        while true {
            let window = source.window
            if let found = line(in: window, from: 0, isLast: source.isAtEnd) {
                source.consume(found.consumed)
                return
            }
            // A carriage return at the very end may have its line feed still to come.
            source.consume(window.last == 0x0D ? window.count - 1 : window.count)
            if try !source.fill(), source.window.isEmpty { return }
        }
    }
}
