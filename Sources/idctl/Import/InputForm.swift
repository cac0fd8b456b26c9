internal import RecordFiles

/// How an input is read.
struct InputForm {
    /// What it holds; nil: its name says so.
    var format: RecordFormat?
    /// The directory below which the `FILE` lines of batch text may name files; nil: nowhere.
    var files: String?
    /// The worksheet of a spreadsheet; nil: the first that is shown.
    var sheet: String?
    /// The text's encoding.
    var encoding = TextEncoding.utf8
    /// What columns mean that have other names; nil: each has its own.
    var mapping: ColumnMapping?

    /// What of it makes other records of the same input.
    var identity: [UInt8] {
        let texts = [
            files.map { "files " + $0 }, sheet.map { "sheet " + $0 },
            encoding == .utf8 ? nil : "encoding " + encoding.rawValue,
        ]
        return texts.flatMap { Array(($0 ?? "").utf8) } + (mapping?.identity ?? [])
    }

    /// The same for a reader.
    func options() throws(RecordFileError) -> ReadingOptions {
        var options = ReadingOptions()
        if let files { options.files = try ReferencedFiles(directory: files) }
        options.sheet = sheet
        options.encoding = encoding
        options.mapping = mapping
        return options
    }
}
