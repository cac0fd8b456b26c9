internal import Console
internal import RecordFiles
internal import ResolutionProtocol

/// Reads the identifiers to ask for, and the values to expect, out of files.
enum QuestionFiles {
    /// Adds the identifiers of a file: one a line, or the records of a CSV or JSON Lines file.
    ///
    /// Memory: about 60 bytes beside each identifier's own. Blank lines are passed over.
    static func addIdentifiers(at path: String, to questions: QuestionSet) throws(LoadError) {
        if try isRecordFile(path) { return try addRecords(at: path, comparesValues: false, to: questions) }
        let lines = try LineReader(path: path)
        while let line = try lines.next() {
            let identifier = trimmed(line)
            if !identifier.isEmpty { questions.add(Array(identifier)) }
        }
    }

    /// Adds the records of a registry; with `comparesValues` what everyone may read of their values is to be answered.
    static func addRecords(
        at path: String,
        comparesValues: Bool,
        to questions: QuestionSet
    ) throws(LoadError) {
        do throws(RecordFileError) {
            let reader = try RecordFile.reader(path: path, format: RecordFormat(path: path) ?? .csv)
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

    /// By its name, or by a first line that begins with the column `identifier`.
    private static func isRecordFile(_ path: String) throws(LoadError) -> Bool {
        if RecordFormat(path: path) != nil { return true }
        guard path != "-", let first = try LineReader(path: path).next() else { return false }
        let head = Array("identifier,".utf8)
        return first.starts(with: head) || trimmed(first).elementsEqual(head.dropLast())
    }

    private static func trimmed(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        line.last == UInt8(ascii: "\r") ? line.dropLast() : line
    }
}
