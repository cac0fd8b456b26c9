/// Opens record files: the one place that knows which reader and writer belongs to which format.
package enum RecordFile {
    /// A reader of the file at `path` (`-` is standard input), whose format is told by the name unless given.
    package static func reader(
        path: String,
        format: RecordFormat? = nil,
        options: ReadingOptions = ReadingOptions()
    ) throws(RecordFileError) -> any RecordReader {
        guard let format = format ?? RecordFormat(path: path) else { throw .unknownFormat(path: path) }
        if format == .spreadsheet {
            return try SpreadsheetReader(path: path, sheet: options.sheet, mapping: options.mapping)
        }
        return try reader(of: RowSource(path: path, encoding: options.encoding), format: format, options: options)
    }

    /// A reader of an open descriptor, which stays the caller's, from where it stands; of a spreadsheet, from its
    /// beginning.
    package static func reader(
        descriptor: Int32,
        format: RecordFormat,
        options: ReadingOptions = ReadingOptions()
    ) throws(RecordFileError) -> any RecordReader {
        if format == .spreadsheet {
            return try SpreadsheetReader(descriptor: descriptor, sheet: options.sheet, mapping: options.mapping)
        }
        let source = try RowSource(descriptor: descriptor, encoding: options.encoding)
        return try reader(of: source, format: format, options: options)
    }

    /// A reader of a stream of text; a spreadsheet is none (`.spreadsheet(.isStream)`). Its text is in UTF-8.
    package static func reader(
        of source: RowSource,
        format: RecordFormat,
        options: ReadingOptions = ReadingOptions()
    ) throws(RecordFileError) -> any RecordReader {
        switch format {
        case .csv: return try CSVReader(source, mapping: options.mapping)
        case .jsonLines: return JSONLinesReader(source)
        case .batchText: return BatchTextReader(source, files: options.files)
        case .spreadsheet: throw .spreadsheet(.isStream)
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
        case .batchText: return BatchTextWriter(sink)
        case .spreadsheet: throw .cannotWrite
        }
    }
}
