/// How a file of records is read, beside its format.
package struct ReadingOptions {
    /// Where the `FILE` lines of batch text may name files; nil: they are refused.
    package var files: ReferencedFiles?
    /// The worksheet of a spreadsheet; nil: the first that is shown.
    package var sheet: String?
    /// The text's encoding; a spreadsheet says its own.
    package var encoding = TextEncoding.utf8
    /// What the columns of CSV and of a spreadsheet mean; nil: their names say so.
    package var mapping: ColumnMapping?

    /// As files are read where nothing is said.
    package init() {}
}
