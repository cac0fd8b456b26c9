internal import EventLoop
internal import Glibc
internal import ResolutionClient

/// Questions as datagrams, from several sockets in turn: their ports decide which of a node's workers is asked.
final class UDPCarrier: LoadCarrier {
    /// A connected socket and the memory of its system calls.
    private final class Endpoint {
        let socket: ClientSocket
        var batch = DatagramBatch()

        init(to target: SocketAddress) throws(AskFailure) {
            socket = try ClientSocket.connecting(.udp, to: target)
            socket.setOption(SOL_SOCKET, SO_RCVBUF, Int32(BoundSocket.bufferByteCountWanted))
            socket.setOption(SOL_SOCKET, SO_SNDBUF, Int32(BoundSocket.bufferByteCountWanted))
        }
    }

    private var endpoints: [Endpoint] = []
    private var turn = 0
    let disconnectedCount: UInt64 = 0

    init(to target: SocketAddress, count: Int) throws(AskFailure) {
        for _ in 0..<max(1, count) { endpoints.append(try Endpoint(to: target)) }
    }

    var hasRoom: Bool { !endpoints[turn].batch.needsFlush }

    func queue(envelope: UnsafeRawBufferPointer, message: UnsafeRawBufferPointer) -> Bool {
        endpoints[turn].batch.queue(head: envelope, body: message, to: nil)
    }

    func flush() -> Int {
        let endpoint = endpoints[turn]
        turn = turn + 1 == endpoints.count ? 0 : turn + 1
        return endpoint.batch.flush(endpoint.socket.descriptor).dropped
    }

    func receive(_ take: (RawSpan, UInt64) -> Void) -> Int {
        var count = 0
        for endpoint in endpoints { count += Self.receive(endpoint.socket.descriptor, into: &endpoint.batch, take) }
        return count
    }

    private static func receive(
        _ descriptor: Int32,
        into batch: inout DatagramBatch,
        _ take: (RawSpan, UInt64) -> Void
    ) -> Int {
        let count = batch.receive(descriptor)
        guard count > 0 else { return 0 }
        let now = SystemClock.monotonicNanoseconds()
        for slot in 0..<count { take(batch.datagram(at: slot), now) }
        return count
    }

    func wait(milliseconds: Int32) {
        var entries = endpoints.map { pollfd(fd: $0.socket.descriptor, events: Int16(POLLIN), revents: 0) }
        poll(&entries, nfds_t(entries.count), milliseconds)
    }

    var wasRefused: Bool { endpoints.contains { $0.batch.counters.lastReceiveError == ECONNREFUSED } }
}
