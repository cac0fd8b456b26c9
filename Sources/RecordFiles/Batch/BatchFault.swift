/// Why a block cannot be taken, and where.
struct BatchFault: Error {
    let code: RowErrorCode
    /// The part of the value line; empty where the whole line is meant.
    var column: StaticString = ""
    /// The bytes to be shown, in the line at fault.
    var shown: Range<Int> = 0..<0
}
