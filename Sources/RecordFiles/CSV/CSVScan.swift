/// What `CSVScanner.scan` found.
enum CSVScan {
    /// A well-formed row: bytes with its line end, and how many lines it takes.
    case row(consumed: Int, lineCount: Int)
    /// A row that is cut by the window's end.
    case unfinished
    /// A row that is not CSV; `fields` holds the cells before the one at fault.
    case malformed(RowErrorCode)
}
