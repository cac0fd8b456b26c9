/// What a call of `RecordReader.next` found.
package enum ReadOutcome: Sendable {
    /// A record, now in the row that was handed in.
    case record
    /// A record that was refused; its text is the reader's current text.
    case rejected(Rejection)
    /// The input's end.
    case end
}
