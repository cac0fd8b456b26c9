/// What the node says to a control request.
package enum ControlAnswer: Sendable {
    /// Done; JSON, text, or a report in wire form.
    case text([UInt8])
    /// Refused or failed, and why.
    case failure(String)
}
