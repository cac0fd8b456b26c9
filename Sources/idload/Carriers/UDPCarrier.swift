internal import EventLoop
internal import ResolutionClient

/// Questions as datagrams, from several sockets in turn: their ports decide which of a node's workers is asked.
final class UDPCarrier: LoadCarrier {
    private let endpoints: DatagramEndpoints

    init(to target: SocketAddress, from sources: [SocketAddress] = [], count: Int) throws(AskFailure) {
        endpoints = try DatagramEndpoints(to: target, from: sources, count: count)
    }

    var hasRoom: Bool { true }
    var connectionCount: Int { endpoints.all.count }
    var wasRefused: Bool { endpoints.wasRefused }

    func send(_ questions: UnsafeBufferPointer<OutgoingQuestion>) -> Int {
        let endpoint = endpoints.all[endpoints.takeTurn()]
        let batch = endpoint.batch
        guard let first = questions.baseAddress else { return 0 }
        var refusedCount = 0
        for place in questions.indices {
            let question = first + place
            let envelope = OutgoingQuestion.envelope(of: question)
            if !batch.pointee.queue(head: envelope, body: question.pointee.message, to: nil) { refusedCount += 1 }
        }
        return refusedCount + batch.pointee.flush(endpoint.socket.descriptor).dropped
    }

    func receive(_ take: (RawSpan, UInt64) -> Void) -> Int {
        endpoints.receive { _, datagram, now in take(datagram, now) }
    }

    func addSockets(to watch: inout SocketWatch) { endpoints.addSockets(to: &watch) }
}
