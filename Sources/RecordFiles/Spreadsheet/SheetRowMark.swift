/// What is kept of a data row until its record has been given.
struct SheetRowMark {
    /// The row's number in the sheet.
    let number: Int32
    /// The first cell that cannot be taken.
    let fault: CSVFault?
}
