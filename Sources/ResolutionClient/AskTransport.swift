/// How a question goes to a server.
package enum AskTransport: String, Sendable, CaseIterable {
    /// UDP first, where the operation may go over it; TCP when no answer comes (wire.md §9).
    case automatic
    /// UDP alone.
    case udp
    /// TCP alone.
    case tcp
}
