internal import EventLoop
internal import Glibc
internal import ResolutionClient

/// Questions as datagrams, from several sockets in turn: their ports decide which of a node's workers is asked.
final class UDPCarrier: LoadCarrier {
    /// A connected socket and the memory of its system calls.
    private final class Endpoint {
        let socket: ClientSocket
        /// Behind a pointer: a property of a class is locked and unlocked for each question.
        let batch: UnsafeMutablePointer<DatagramBatch>
        let outgoing: UnsafeMutablePointer<SegmentBatch>

        init(to target: SocketAddress) throws(AskFailure) {
            socket = try ClientSocket.connecting(.udp, to: target)
            batch = .allocate(capacity: 1)
            batch.initialize(to: DatagramBatch())
            outgoing = .allocate(capacity: 1)
            outgoing.initialize(to: SegmentBatch())
            socket.setOption(SOL_SOCKET, SO_RCVBUF, Int32(BoundSocket.bufferByteCountWanted))
            socket.setOption(SOL_SOCKET, SO_SNDBUF, Int32(BoundSocket.bufferByteCountWanted))
        }

        deinit {
            batch.deinitialize(count: 1)
            batch.deallocate()
            outgoing.deinitialize(count: 1)
            outgoing.deallocate()
        }
    }

    private var endpoints: [Endpoint] = []
    private var turn = 0
    let disconnectedCount: UInt64 = 0

    init(to target: SocketAddress, count: Int) throws(AskFailure) {
        for _ in 0..<max(1, count) {
            endpoints.append(try Endpoint(to: target))
        }
    }

    var hasRoom: Bool { true }
    var connectionCount: Int { endpoints.count }

    func send(_ questions: UnsafeBufferPointer<OutgoingQuestion>) -> Int {
        let endpoint = endpoints[turn]
        turn = turn + 1 == endpoints.count ? 0 : turn + 1
        let outgoing = endpoint.outgoing
        guard let first = questions.baseAddress else { return 0 }
        var refusedCount = 0
        for place in questions.indices {
            let question = first + place
            let envelope = OutgoingQuestion.envelope(of: question)
            if !outgoing.pointee.queue(head: envelope, body: question.pointee.message) { refusedCount += 1 }
        }
        return refusedCount + outgoing.pointee.flush(endpoint.socket.descriptor)
    }

    func receive(_ take: (RawSpan, UInt64) -> Void) -> Int {
        var count = 0
        for endpoint in endpoints {
            count += Self.receive(endpoint.socket.descriptor, into: &endpoint.batch.pointee, take)
        }
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

    func addSockets(to watch: inout SocketWatch) {
        for endpoint in endpoints { watch.add(endpoint.socket.descriptor) }
    }

    var wasRefused: Bool {
        endpoints.contains { endpoint in
            endpoint.batch.pointee.counters.lastReceiveError == ECONNREFUSED
                || endpoint.outgoing.pointee.lastError == ECONNREFUSED
        }
    }
}
