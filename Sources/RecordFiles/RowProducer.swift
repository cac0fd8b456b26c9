/// What makes the text of a `RowSource` piece by piece.
protocol RowProducer: AnyObject {
    /// Writes text to the beginning of `room`, which is not empty, and says how many bytes; 0 at the end.
    func produce(into room: UnsafeMutableRawBufferPointer) throws(RecordFileError) -> Int
}
