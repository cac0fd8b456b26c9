/// The rows of LONG CSV gathered so far for one record.
struct LongGroup {
    /// Bytes of the window they take, blank lines among them included.
    var byteCount = 0
    var lineCount = 0
    var rowCount = 0
    /// The first error; it refuses them all.
    var failure: RowError?
}
