internal import Console
internal import RecordFiles
internal import ResolutionProtocol

/// Reads the identifiers to ask for, and the values to expect, out of files.
enum QuestionFiles {
    /// Adds the identifiers of a file: one a line, or the records of a CSV or JSON Lines file.
    ///
    /// Memory: about 60 bytes beside each identifier's own. Blank lines are passed over.
    ///
    /// With `lineCountMax` only the first lines of a list are read.
    static func addIdentifiers(
        at path: String,
        to questions: QuestionSet,
        lineCountMax: Int = .max
    ) throws(LoadError) {
        if let format = try recordFormat(of: path) {
            return try addRecords(at: path, format, comparesValues: false, to: questions)
        }
        let lines = try LineReader(path: path)
        while lines.lineNumber < lineCountMax, let line = try lines.next() {
            try add(line, to: questions, path: path, lineNumber: lines.lineNumber)
        }
    }

    private static func add(
        _ line: ArraySlice<UInt8>,
        to questions: QuestionSet,
        path: String,
        lineNumber: Int
    ) throws(LoadError) {
        let read = line.withUnsafeBytes { bytes -> Result<(identifier: [UInt8], types: [[UInt8]])?, ReplayLine.Fault> in
            Result { () throws(ReplayLine.Fault) in
                try ReplayLine(bytes).map { (Array($0.identifier), $0.typeNames) }
            }
        }
        do throws(ReplayLine.Fault) {
            guard let question = try read.get() else { return }
            guard questions.add(question.identifier, types: question.types) else { throw .notAName }
        } catch {
            throw LoadError(.badLine(path, lineNumber, error))
        }
    }

    /// Adds the records of a registry; with `comparesValues` what everyone may read of their values is to be answered.
    static func addRecords(
        at path: String,
        comparesValues: Bool,
        to questions: QuestionSet
    ) throws(LoadError) {
        try addRecords(at: path, RecordFormat(path: path) ?? .csv, comparesValues: comparesValues, to: questions)
    }

    private static func addRecords(
        at path: String,
        _ format: RecordFormat,
        comparesValues: Bool,
        to questions: QuestionSet
    ) throws(LoadError) {
        do throws(RecordFileError) {
            let reader = try RecordFile.reader(path: path, format: format)
            var row = RecordRow()
            reading: while true {
                switch try reader.next(into: &row) {
                case .end: break reading
                case .rejected: continue
                case .record: questions.add(row.copy(row.identifier), values: comparesValues ? digest(of: row) : nil)
                }
            }
        } catch {
            throw LoadError(.unreadable(path, error))
        }
    }

    /// The number for the values of a record that anybody may read.
    static func digest(of row: RecordRow) -> ValueDigest {
        var digest = ValueDigest()
        for value in row.values where value.permissions & 0x02 != 0 {
            let bytes = row.bytes.span.bytes
            digest.add(
                index: value.index,
                type: bytes.extracting(value.type),
                data: bytes.extracting(value.data)
            )
        }
        return digest
    }

    /// By its name (where `.txt` says nothing), or by a first line that begins with the column `identifier`.
    /// `nil` is a list of identifiers.
    static func recordFormat(of path: String) throws(LoadError) -> RecordFormat? {
        if let format = RecordFormat(path: path), format != .batchText { return format }
        guard path != "-", let first = try LineReader(path: path).next() else { return nil }
        let head = Array("identifier,".utf8)
        return first.starts(with: head) || trimmed(first).elementsEqual(head.dropLast()) ? .csv : nil
    }

    private static func trimmed(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        line.last == UInt8(ascii: "\r") ? line.dropLast() : line
    }
}
