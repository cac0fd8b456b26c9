/// Why bytes could not be read as what they should be.
///
/// Carries no payload, so that throwing it allocates nothing; the place is `WireReader.offset` at the time of the
/// throw.
public enum WireError: Error, Equatable, Sendable {
    /// The field ends after the bytes that are there.
    case truncated
    /// A length or count is negative or above `WireReader.lengthMax` (wire.md §1).
    case lengthOutOfRange
    /// More bytes follow than the layout has fields for.
    case trailingBytes
    /// The envelope announces a message of less than 0 or more than `Envelope.messageLengthMax` bytes.
    case messageLengthOutOfRange
    /// A field holds a value that its layout does not know.
    case invalidField
}
