internal import RecordFiles

/// How an input is read.
struct InputForm {
    /// What it holds; nil: its name says so.
    var format: RecordFormat?
    /// The directory below which the `FILE` lines of batch text may name files; nil: nowhere.
    var files: String?
    /// The worksheet of a spreadsheet; nil: the first that is shown.
    var sheet: String?

    /// What of it makes other records of the same input.
    var identity: [UInt8] {
        [files.map { "files " + $0 }, sheet.map { "sheet " + $0 }].flatMap { Array(($0 ?? "").utf8) }
    }
}
