/// One cell: its content as offsets from the record's first byte, without the quotes around it.
struct CSVField {
    var start: Int
    var end: Int
    /// Whether it holds `""`, which stands for one quote.
    var hasDoubledQuotes: Bool
}
