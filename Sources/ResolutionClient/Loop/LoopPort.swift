internal import EventLoop

/// A UDP socket to one server, with a random port, that some questions share.
final class LoopPort {
    let server: SocketAddress
    private(set) var socket: PeerSocket?
    /// Questions that await answers on it, and how many there were in all.
    var openCount = 0
    var questionCount = 0
    var usedNanoseconds: UInt64 = 0

    init(server: SocketAddress) { self.server = server }

    /// Opens the socket; `received` and `failed` hear of what comes to it.
    func open(
        on place: LoopPlace,
        received: @escaping (LoopPort, [UInt8]) -> Void,
        failed: @escaping (LoopPort, Int32) -> Void
    ) throws(EventLoopError) {
        socket = try PeerSocket(
            on: place,
            to: server,
            received: { [unowned self] in received(self, $1) },
            failed: { [unowned self] in failed(self, $1) }
        )
    }

    /// The port's number in host order; nil: it is closed.
    var number: UInt16? { socket?.local?.port }

    func close() {
        socket?.close()
        socket = nil
    }
}
