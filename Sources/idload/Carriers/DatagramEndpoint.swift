internal import EventLoop
internal import Glibc
internal import ResolutionClient

/// A connected socket and the memory of its system calls.
final class DatagramEndpoint {
    let socket: ClientSocket
    /// Behind a pointer: a property of a class is locked and unlocked for each question.
    let batch: UnsafeMutablePointer<DatagramBatch>

    init(to target: SocketAddress, from source: SocketAddress?) throws(AskFailure) {
        socket = try ClientSocket.connecting(.udp, to: target, from: source)
        batch = .allocate(capacity: 1)
        batch.initialize(to: DatagramBatch())
        socket.setOption(SOL_SOCKET, SO_RCVBUF, Int32(BoundSocket.bufferByteCountWanted))
        socket.setOption(SOL_SOCKET, SO_SNDBUF, Int32(BoundSocket.bufferByteCountWanted))
    }

    deinit {
        batch.deinitialize(count: 1)
        batch.deallocate()
    }

    /// Hands on what has come; returns how many datagrams that was.
    func receive(_ take: (RawSpan, UInt64) -> Void) -> Int {
        let count = batch.pointee.receive(socket.descriptor)
        guard count > 0 else { return 0 }
        let now = SystemClock.monotonicNanoseconds()
        for slot in 0..<count { take(batch.pointee.datagram(at: slot), now) }
        return count
    }

    /// Whether the system said that nobody listens.
    var wasRefused: Bool {
        let counters = batch.pointee.counters
        return counters.lastReceiveError == ECONNREFUSED || counters.lastSendError == ECONNREFUSED
    }
}
