/// Reads the text format of Handle.Net's batch tool: blocks of a command line and value lines, ended by a blank line.
///
/// Import takes `CREATE` blocks. A line that begins with a command always begins a block, so that a missing blank line
/// costs the block before it and never the one behind.
package final class BatchTextReader: RecordReader {
    package let format = RecordFormat.batchText
    package let headerText: [UInt8] = []
    package private(set) var rowCount = 0
    let source: RowSource
    private let files: ReferencedFiles?
    /// Number of the line at the window's beginning.
    var line = 1
    /// What the block given last takes of the window, and how much of that may be shown.
    private var currentByteCount = 0
    private var currentLineCount = 0
    private var shownByteCount = 0
    /// The beginning of a block too long for the window, which has been consumed already.
    var cutText: [UInt8] = []
    private var indexScratch: [UInt32] = []

    /// Reads `source` from where it stands; `FILE` lines are refused unless `files` says where their files are.
    package init(_ source: RowSource, files: ReferencedFiles? = nil) {
        self.source = source
        self.files = files
    }

    package var progress: (byteOffset: Int, byteCount: Int?) { (source.byteOffset, source.byteCount) }

    package func next(into row: inout RecordRow) throws(RecordFileError) -> ReadOutcome {
        advance()
        guard try skipToBlock() else { return .end }
        rowCount += 1
        guard let block = try findBlock() else { return try rejectTooLong() }
        currentByteCount = block.byteCount
        currentLineCount = block.lineCount
        let text = UnsafeBufferPointer(rebasing: source.window[..<block.byteCount])
        return take(text, endsInCommand: block.endsInCommand, &row)
    }

    package func withCurrentText(_ body: (_ text: RawSpan, _ isCut: Bool) -> Void) {
        if cutText.isEmpty {
            let text = UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: source.window[..<shownByteCount]))
            body(text.bytes, false)
        } else {
            let text = cutText
            body(text.span.bytes, true)
        }
    }

    private func advance() {
        source.consume(currentByteCount)
        line += currentLineCount
        currentByteCount = 0
        currentLineCount = 0
        shownByteCount = 0
        if !cutText.isEmpty { cutText.removeAll() }
    }

    private func take(
        _ text: UnsafeBufferPointer<UInt8>,
        endsInCommand: Bool,
        _ row: inout RecordRow
    ) -> ReadOutcome {
        row.reset()
        shownByteCount = text.count
        var position = 0
        var lineNumber = line
        while let found = LineScan.line(in: text, from: position, isLast: true) {
            let content = UnsafeBufferPointer(rebasing: text[position..<position + found.byteCount])
            do throws(BatchFault) {
                if position == 0 { try readCommand(content, into: &row) } else { try readValue(content, into: &row) }
            } catch {
                // The lines behind a log-in hold its secret, which has no place in another file.
                if error.code == .batchAuthenticate { shownByteCount = found.consumed }
                return reject(error, content, line: lineNumber)
            }
            position += found.consumed
            lineNumber += 1
        }
        if let code = faultOfWhole(row, endsInCommand) {
            return reject(BatchFault(code: code), UnsafeBufferPointer(start: nil, count: 0), line: line)
        }
        row.row = rowCount
        row.rowCount = 1
        row.line = line
        row.byteOffset = source.byteOffset
        row.byteCount = currentByteCount
        return .record
    }

    private func readCommand(_ content: UnsafeBufferPointer<UInt8>, into row: inout RecordRow) throws(BatchFault) {
        try checkText(content)
        let word = BatchText.word(of: content, from: 0)
        guard let command = BatchCommand(line: content) else { throw BatchFault(code: .unknownCommand, shown: word) }
        if let code = command.refusal { throw BatchFault(code: code, shown: word) }
        let name = BatchText.rest(of: content, from: word.upperBound)
        guard !name.isEmpty else { throw BatchFault(code: .missingIdentifier) }
        guard name.count <= RecordLimits.identifierByteCountMax else {
            throw BatchFault(code: .identifierTooLong, shown: name)
        }
        row.identifier = row.append(UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: content[name])))
    }

    private func readValue(_ content: UnsafeBufferPointer<UInt8>, into row: inout RecordRow) throws(BatchFault) {
        try checkText(content)
        var valueLine = BatchValueLine(content, files: files)
        try valueLine.read(into: &row)
        // Files take more room than the lines that name them.
        guard row.bytes.count <= RecordLimits.recordByteCountMax else { throw BatchFault(code: .recordTooLong) }
    }

    private func checkText(_ content: UnsafeBufferPointer<UInt8>) throws(BatchFault) {
        guard let position = TextCheck.firstFault(content) else { return }
        let shown = max(0, position - 16)..<content.count
        throw BatchFault(code: content[position] == 0 ? .nulByte : .notUTF8, shown: shown)
    }

    /// What can be wrong with a block whose lines are all right.
    private func faultOfWhole(_ row: borrowing RecordRow, _ endsInCommand: Bool) -> RowErrorCode? {
        if row.values.isEmpty { return .noValues }
        if endsInCommand { return .missingBlankLine }
        return row.hasDuplicateIndex(scratch: &indexScratch) ? .duplicateIndex : nil
    }

    @inline(never)
    func reject(_ fault: BatchFault, _ content: UnsafeBufferPointer<UInt8>, line: Int) -> ReadOutcome {
        let error = RowError(
            code: fault.code,
            row: rowCount,
            line: line,
            byteOffset: source.byteOffset,
            column: "\(fault.column)",
            excerpt: Excerpt.of(UnsafeBufferPointer(rebasing: content[fault.shown]))
        )
        return .rejected(Rejection(error: error, firstRow: rowCount, rowCount: 1))
    }
}
