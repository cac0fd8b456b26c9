internal import EventLoop
internal import ResolutionProtocol

/// A question of a `LoopAsking` that is under way.
final class LoopQuestion {
    let id: UInt32
    let server: SocketAddress
    var exchange: Exchange
    let startNanoseconds: UInt64
    /// Whether it tries a server that was silent.
    let isTrial: Bool
    /// When it is looked at next.
    var deadline: UInt64 = .max
    /// The port it is asked from; nil: none yet, or it has left UDP.
    var port: LoopPort?
    /// The connection it is asked over.
    var connection: LoopConnection?
    /// Whether it was asked over a connection before that ended under it.
    var hasMoved = false
    /// Bytes held for it.
    var heldByteCount: Int
    /// Whether packets of a longer answer have come, for which bytes are held.
    var isJoining = false
    var sendingCount = 0
    let then: (Result<Message, AskFailure>) -> Void

    init(
        id: UInt32,
        server: SocketAddress,
        exchange: Exchange,
        startNanoseconds: UInt64,
        isTrial: Bool,
        heldByteCount: Int,
        then: @escaping (Result<Message, AskFailure>) -> Void
    ) {
        self.id = id
        self.server = server
        self.exchange = exchange
        self.startNanoseconds = startNanoseconds
        self.isTrial = isTrial
        self.heldByteCount = heldByteCount
        self.then = then
    }
}
