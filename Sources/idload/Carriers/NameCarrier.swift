internal import EventLoop
internal import ResolutionClient
internal import ResolutionProtocol

/// Questions to name servers as datagrams, from several sockets in turn. Their ids have 16 bits, so that each socket
/// has a table of whose they are.
final class NameCarrier: LoadCarrier {
    private let endpoints: [DatagramEndpoint]
    private let numbers: [NameNumbers]
    private let timeoutNanoseconds: UInt64
    private var turn = 0
    /// The socket whose datagrams are being handed on.
    private var receiving = 0

    init(to target: SocketAddress, _ plan: LoadPlan) throws(AskFailure) {
        let sources = LocalAddresses(plan.sources)
        var endpoints: [DatagramEndpoint] = []
        for _ in 0..<max(1, plan.connections) {
            endpoints.append(try DatagramEndpoint(to: target, from: sources.next()))
        }
        self.endpoints = endpoints
        numbers = endpoints.map { _ in NameNumbers() }
        timeoutNanoseconds = plan.timeoutNanoseconds
    }

    var hasRoom: Bool { true }
    var connectionCount: Int { endpoints.count }
    var wasRefused: Bool { endpoints.contains { $0.wasRefused } }

    /// A question for which a socket has no free id is not taken.
    func send(_ questions: UnsafeBufferPointer<OutgoingQuestion>) -> Int {
        let (endpoint, numbers) = (endpoints[turn], numbers[turn])
        turn = turn + 1 == endpoints.count ? 0 : turn + 1
        let now = SystemClock.monotonicNanoseconds()
        var refusedCount = 0
        for question in questions {
            guard let id = numbers.take(for: question.requestID, until: now &+ timeoutNanoseconds, nowNanoseconds: now)
            else {
                refusedCount += 1
                continue
            }
            var head = id.bigEndian
            let isQueued = withUnsafeBytes(of: &head) {
                endpoint.outgoing.pointee.queue(head: $0, body: question.message)
            }
            if !isQueued { refusedCount += 1 }
        }
        return refusedCount + endpoint.outgoing.pointee.flush(endpoint.socket.descriptor)
    }

    func receive(_ take: (RawSpan, UInt64) -> Void) -> Int {
        var count = 0
        for (place, endpoint) in endpoints.enumerated() {
            receiving = place
            count += endpoint.receive(take)
        }
        return count
    }

    func requestID(of message: RawSpan) -> UInt32? {
        var reader = WireReader(message)
        return (try? reader.uint16()).map { numbers[receiving].answered($0) }
    }

    func addSockets(to watch: inout SocketWatch) {
        for endpoint in endpoints { watch.add(endpoint.socket.descriptor) }
    }
}
