/// Opens record files: the one place that knows which reader and writer belongs to which format.
package enum RecordFile {
    /// A reader of the file at `path` (`-` is standard input), whose format is told by the name unless given.
    package static func reader(path: String, format: RecordFormat? = nil) throws(RecordFileError) -> any RecordReader {
        guard let format = format ?? RecordFormat(path: path) else { throw .unknownFormat(path: path) }
        return try reader(of: RowSource(path: path), format: format)
    }

    /// A reader of any source.
    package static func reader(of source: RowSource, format: RecordFormat) throws(RecordFileError) -> any RecordReader {
        switch format {
        case .csv: return try CSVReader(source)
        case .jsonLines: return JSONLinesReader(source)
        }
    }

    /// A writer to `sink`. `isSpreadsheetSafe` puts a `'` before CSV cells that a spreadsheet would take for a formula;
    /// such a file is for looking at, not for importing.
    package static func writer(
        to sink: RowSink,
        format: RecordFormat,
        isSpreadsheetSafe: Bool = false
    ) -> any RecordWriter {
        switch format {
        case .csv: CSVWriter(sink, isSpreadsheetSafe: isSpreadsheetSafe)
        case .jsonLines: JSONLinesWriter(sink)
        }
    }
}
