package import ResolutionProtocol

/// What a running node can be asked over its control socket (docs/protocol-extensions.md).
///
/// Request body: `str` argument, may be empty. Body of success: `str`. Errors as everywhere.
package enum ControlOperation: UInt32, Sendable, CaseIterable {
    /// How the node is, as JSON.
    case status = 9100
    /// Counts of a day (argument `yyyy-MM-dd`; empty: today), in the wire form of Resolution's `CountReport`.
    case counts = 9101
    /// Metrics, as text.
    case metrics = 9102
    /// Read the configuration again and say what is wrong with it; what has changed needs a restart.
    case reload = 9103
    /// Answer what has come, and end.
    case drain = 9104

    /// Its number in a message's header.
    package var opCode: OpCode { OpCode(rawValue: rawValue) }
}
