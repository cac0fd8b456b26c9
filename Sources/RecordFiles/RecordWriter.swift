/// Writes records in one format; the exact inverse of that format's reader.
package protocol RecordWriter: AnyObject {
    /// Writes one record. Throws `.unrepresentable` without having written anything of it where reading it back would
    /// give another record, and `.writeFailed`.
    func write(_ row: borrowing RecordRow) throws(RecordFileError)
    /// Writes what is still held back; call it once at the end.
    func finish() throws(RecordFileError)
}
