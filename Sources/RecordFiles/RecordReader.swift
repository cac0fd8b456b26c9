/// Reads the records of one input, one after the other.
///
/// What holds for all formats:
/// - a record is given whole or refused whole; a refused one never touches its neighbours;
/// - `.rejected` is followed by the next record on the next call;
/// - memory stays within a few times `RecordLimits.recordByteCountMax`.
package protocol RecordReader: AnyObject {
    /// The file's format.
    var format: RecordFormat { get }
    /// The header row's bytes without line end; empty for formats that have none.
    var headerText: [UInt8] { get }
    /// How far the input has been read, in bytes, and its size where known.
    var progress: (byteOffset: Int, byteCount: Int?) { get }
    /// Data rows seen so far, refused ones included.
    var rowCount: Int { get }
    /// Reads the next record into `row`; `row` is undefined unless the answer is `.record`. Throws when reading fails.
    func next(into row: inout RecordRow) throws(RecordFileError) -> ReadOutcome
    /// Lends the text of the record or rejection that `next` gave last, as it stands in the input; line ends included.
    func withCurrentText(_ body: (_ text: RawSpan, _ isCut: Bool) -> Void)
}
