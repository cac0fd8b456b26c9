/// A refused record: the error, and which rows of the input it takes.
package struct Rejection: Equatable, Sendable {
    /// The record's first error.
    package let error: RowError
    /// Number of the record's first data row.
    package let firstRow: Int
    /// How many data rows go with it (more than one only in LONG CSV).
    package let rowCount: Int
}
