internal import EventLoop
internal import Glibc
internal import ResolutionClient

/// Questions as datagrams, from several sockets in turn: their ports decide which of a node's workers is asked.
final class UDPCarrier: LoadCarrier {
    private var endpoints: [DatagramEndpoint] = []
    private var turn = 0

    init(to target: SocketAddress, from sources: [SocketAddress] = [], count: Int) throws(AskFailure) {
        let sources = LocalAddresses(sources)
        for _ in 0..<max(1, count) {
            endpoints.append(try DatagramEndpoint(to: target, from: sources.next()))
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
            count += endpoint.receive(take)
        }
        return count
    }

    func addSockets(to watch: inout SocketWatch) {
        for endpoint in endpoints { watch.add(endpoint.socket.descriptor) }
    }

    var wasRefused: Bool { endpoints.contains { $0.wasRefused } }
}
