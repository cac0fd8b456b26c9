/// Reads one value line, `index type ttl permissions KEYWORD data`, into a record.
struct BatchValueLine {
    private let line: UnsafeBufferPointer<UInt8>
    private let files: ReferencedFiles?
    private var position = 0

    /// `line` is UTF-8 without NUL and has no line end.
    init(_ line: UnsafeBufferPointer<UInt8>, files: ReferencedFiles?) {
        self.line = line
        self.files = files
    }

    /// Reads the whole line. The words are separated by one or more blanks.
    mutating func read(into row: inout RecordRow) throws(BatchFault) {
        let index = nextWord()
        guard let number = CellText.index(text(index)) else {
            // A line that does not begin with a number is no value line at all.
            let isNumber = line[index].allSatisfy { (0x30...0x39).contains($0) }
            throw BatchFault(code: isNumber ? .badIndex : .badValueLine, column: "index", shown: index)
        }
        var value = ValueRow(index: number)
        let type = nextWord()
        guard !type.isEmpty else { throw BatchFault(code: .missingType, column: "type") }
        value.type = row.append(UnsafeRawBufferPointer(text(type)))
        let ttl = nextWord()
        guard CellText.setTTL(text(ttl), of: &value) else { throw BatchFault(code: .badTTL, column: "ttl", shown: ttl) }
        let permissions = nextWord()
        guard permissions.count == 4, let mask = CellText.permissions(text(permissions)) else {
            throw BatchFault(code: .badPermissions, column: "permissions", shown: permissions)
        }
        value.permissions = mask
        let keyword = nextWord()
        let data = BatchText.rest(of: line, from: position)
        guard data.count <= RecordLimits.fieldByteCountMax else {
            throw BatchFault(code: .fieldTooLong, column: "data", shown: data)
        }
        let start = row.bytes.count
        do throws(RowErrorCode) {
            try append(text(data), as: text(keyword), to: &row.bytes)
        } catch {
            throw BatchFault(code: error, column: "data", shown: error == .badValueLine ? keyword : data)
        }
        value.data = start..<row.bytes.count
        value.references = row.references.count..<row.references.count
        row.values.append(value)
    }

    private mutating func nextWord() -> Range<Int> {
        let word = BatchText.word(of: line, from: position)
        position = word.upperBound
        return word
    }

    private func text(_ range: Range<Int>) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(rebasing: line[range])
    }

    private func append(
        _ data: UnsafeBufferPointer<UInt8>,
        as keyword: UnsafeBufferPointer<UInt8>,
        to bytes: inout [UInt8]
    ) throws(RowErrorCode) {
        if keyword.equalsFolded("utf8") {
            bytes.append(contentsOf: data)
        } else if keyword.equalsFolded("admin") {
            guard BatchStructures.appendAdministrator(data, to: &bytes) else { throw .badAdministrator }
        } else if keyword.equalsFolded("list") {
            guard BatchStructures.appendList(data, to: &bytes) else { throw .badHandleList }
        } else if keyword.equalsFolded("base64") {
            let start = bytes.count
            bytes.append(contentsOf: data)
            guard Base64.decodeTail(of: &bytes, from: start) else { throw .badBase64 }
        } else if keyword.equalsFolded("file") {
            guard let files else { throw .fileNotAllowed }
            guard files.append(contentsOf: data, to: &bytes) else { throw .badFile }
        } else {
            throw .badValueLine
        }
    }
}
