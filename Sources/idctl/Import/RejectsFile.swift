internal import Console
internal import RecordFiles

/// The file of refused records; it is made with the first of them.
final class RejectsFile {
    /// Where it is written.
    let path: String
    private let language: MessageLanguage
    private var writer: RejectsWriter?

    init(path: String, language: Language) {
        self.path = path
        self.language = language == .chinese ? .chinese : .english
    }

    /// Whether there is one.
    var exists: Bool { writer != nil }

    /// Writes what `reader` refused last.
    func write(_ rejection: Rejection, from reader: any RecordReader) throws(RecordFileError) {
        try opened(for: reader).write(rejection, from: reader)
    }

    /// Writes the record that `reader` gave last, whose rows begin with `firstRow`.
    func write(firstRow: Int, code: String, message: String, from reader: any RecordReader) throws(RecordFileError) {
        let writer = try opened(for: reader)
        var failure: RecordFileError?
        reader.withCurrentText { text, _ in
            do throws(RecordFileError) {
                try writer.write(firstRow: firstRow, code: code, message: message, text: text)
            } catch {
                failure = error
            }
        }
        if let failure { throw failure }
    }

    /// Writes what is held back.
    func finish() throws(RecordFileError) { try writer?.finish() }

    private func opened(for reader: any RecordReader) throws(RecordFileError) -> RejectsWriter {
        if let writer { return writer }
        let opened = RejectsWriter(try RowSink(path: path), for: reader, language: language)
        writer = opened
        return opened
    }

    /// `parts.csv.rejects.csv` for `parts.csv`; for standard input, `import.rejects.` and the format's ending.
    static func defaultPath(for input: String, format: RecordFormat) -> String {
        let ending = format.rejectsEnding
        guard input != "-" else { return "import.rejects.\(ending)" }
        return "\(input).rejects.\(ending)"
    }
}
