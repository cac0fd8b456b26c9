/// Opens record files: the one place that knows which reader and writer belongs to which format.
package enum RecordFile {
    /// A reader of the file at `path` (`-` is standard input), whose format is told by the name unless given.
    /// `files` is where the `FILE` lines of a batch file may name files; without it they are refused.
    package static func reader(
        path: String,
        format: RecordFormat? = nil,
        files: ReferencedFiles? = nil
    ) throws(RecordFileError) -> any RecordReader {
        guard let format = format ?? RecordFormat(path: path) else { throw .unknownFormat(path: path) }
        return try reader(of: RowSource(path: path), format: format, files: files)
    }

    /// A reader of any source.
    package static func reader(
        of source: RowSource,
        format: RecordFormat,
        files: ReferencedFiles? = nil
    ) throws(RecordFileError) -> any RecordReader {
        switch format {
        case .csv: return try CSVReader(source)
        case .jsonLines: return JSONLinesReader(source)
        case .batchText: return BatchTextReader(source, files: files)
        }
    }

    /// A writer to `sink`. `isSpreadsheetSafe` puts a `'` before CSV cells that a spreadsheet would take for a formula;
    /// such a file is for looking at, not for importing. Throws `.cannotWrite` for a format that is only read.
    package static func writer(
        to sink: RowSink,
        format: RecordFormat,
        isSpreadsheetSafe: Bool = false
    ) throws(RecordFileError) -> any RecordWriter {
        switch format {
        case .csv: return CSVWriter(sink, isSpreadsheetSafe: isSpreadsheetSafe)
        case .jsonLines: return JSONLinesWriter(sink)
        case .batchText: throw .cannotWrite
        }
    }
}
