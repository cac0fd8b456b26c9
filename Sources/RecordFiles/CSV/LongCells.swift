/// The cells of a LONG row that depend on each other, by position; `nil` where the header has no such column.
struct LongCells {
    var index: Int?
    var type: Int?
    var data: Int?
    var format = DataFormat.string
    var references: Int?
}
