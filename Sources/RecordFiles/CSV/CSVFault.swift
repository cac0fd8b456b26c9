/// Why a row cannot be taken, and in which column.
struct CSVFault: Error {
    let code: RowErrorCode
    /// Position of the column; `nil` where the whole row is meant.
    var column: Int?
}
