/// Why bytes are not a result that can be used.
enum ResultFault: Error, Equatable {
    /// They are no JSON; so many bytes could be read.
    case notJSON(offset: Int)
    /// A member that must be there is not.
    case missing(String)
    /// A member is of another kind than it should be, or says what cannot be.
    case wrong(String)
    /// A later program made it.
    case laterFormat(UInt64)
}
