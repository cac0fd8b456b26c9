internal import EventLoop
internal import Resolution

/// An answer of administration, or what came of asking other nodes, on its way to the worker that got the request.
enum LateAnswer: Sendable {
    /// To the connection with this number.
    case stream(connection: UInt64, AdministrationAnswer)
    /// To the sender of a datagram, from the worker's listener of this number.
    case datagram(listener: Int, DatagramReturn, AdministrationAnswer)
    /// To all of the worker's requests that asked for it.
    case recursion(RecursionDelivery)

    /// The most that may wait for a worker: more than requests that administration holds.
    static let countMax = 65_536
}
