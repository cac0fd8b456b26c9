public import ResolutionProtocol

/// An identifier as the store has it now.
public enum PresentRecord: Hashable, Sendable {
    /// It has these values, since the change `sequence`.
    case present(name: [UInt8], sequence: UInt64, values: [HandleValue])
    /// There is none.
    case absent
    /// There is one, but its bytes are not those that were written.
    case damaged
}
