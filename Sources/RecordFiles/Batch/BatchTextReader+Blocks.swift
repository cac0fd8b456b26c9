extension BatchTextReader {
    /// The block at the window's beginning.
    struct Block {
        /// Bytes without the blank line that ends it.
        var byteCount = 0
        var lineCount = 0
        /// Whether the next command follows without a blank line.
        var endsInCommand = false
    }

    /// Consumes blank lines, and the reasons of a rejects file; false at the input's end.
    func skipToBlock() throws(RecordFileError) -> Bool {
        while true {
            if source.window.isEmpty, try !source.fill() { return false }
            guard let found = try LineScan.line(in: source) else { return true }
            let content = UnsafeBufferPointer(rebasing: source.window[..<found.byteCount])
            guard BatchText.isBlank(content) || BatchText.isReason(content) else { return true }
            source.consume(found.consumed)
            line += 1
        }
    }

    /// Finds the end of the block at the window's beginning; `nil` where it is longer than a record may be.
    func findBlock() throws(RecordFileError) -> Block? {
        var block = Block()
        while true {
            guard let found = try LineScan.line(in: source, at: block.byteCount) else {
                return source.isAtEnd && source.window.count == block.byteCount ? block : nil
            }
            let end = block.byteCount + found.byteCount
            let content = UnsafeBufferPointer(rebasing: source.window[block.byteCount..<end])
            if block.lineCount > 0 {
                if BatchText.isBlank(content) { return block }
                block.endsInCommand = BatchCommand(line: content) != nil
                if block.endsInCommand { return block }
            }
            guard block.byteCount + found.consumed <= RecordLimits.recordByteCountMax else { return nil }
            block.byteCount += found.consumed
            block.lineCount += 1
        }
    }

    /// Refuses a block that is too long, and leaves it behind up to the line that ends it.
    @inline(never)
    func rejectTooLong() throws(RecordFileError) -> ReadOutcome {
        let head = UnsafeBufferPointer(rebasing: source.window.prefix(RecordLimits.cutTextByteCountMax))
        let outcome = reject(BatchFault(code: .recordTooLong, shown: 0..<head.count), head, line: line)
        let isSecret = BatchCommand(line: head) == .authenticate
        cutText = isSecret ? Array("AUTHENTICATE".utf8) : Array(head)
        var isFirst = true
        while true {
            if source.window.isEmpty, try !source.fill() { return outcome }
            if let found = try LineScan.line(in: source) {
                let content = UnsafeBufferPointer(rebasing: source.window[..<found.byteCount])
                if !isFirst, BatchText.isBlank(content) || BatchCommand(line: content) != nil { return outcome }
                source.consume(found.consumed)
            } else {
                try LineScan.skipLine(of: source)
            }
            line += 1
            isFirst = false
        }
    }
}
