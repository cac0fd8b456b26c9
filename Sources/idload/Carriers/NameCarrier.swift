internal import EventLoop
internal import ResolutionClient
internal import ResolutionProtocol

/// Questions to name servers as datagrams, from several sockets in turn. Their ids have 16 bits, so that each socket
/// has a table of whose they are.
final class NameCarrier: LoadCarrier {
    private let endpoints: DatagramEndpoints
    private let numbers: [NameNumbers]
    private let timeoutNanoseconds: UInt64
    /// The socket whose datagrams are being handed on.
    private var receiving = 0

    init(to target: SocketAddress, _ plan: LoadPlan) throws(AskFailure) {
        endpoints = try DatagramEndpoints(to: target, from: plan.sources, count: plan.connections)
        numbers = endpoints.all.map { _ in NameNumbers() }
        timeoutNanoseconds = plan.timeoutNanoseconds
    }

    var hasRoom: Bool { true }
    var connectionCount: Int { endpoints.all.count }
    var wasRefused: Bool { endpoints.wasRefused }

    /// A question for which a socket has no free id is not taken.
    func send(_ questions: UnsafeBufferPointer<OutgoingQuestion>) -> Int {
        let turn = endpoints.takeTurn()
        let (endpoint, numbers) = (endpoints.all[turn], numbers[turn])
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
                endpoint.batch.pointee.queue(head: $0, body: question.message, to: nil)
            }
            if !isQueued { refusedCount += 1 }
        }
        return refusedCount + endpoint.batch.pointee.flush(endpoint.socket.descriptor).dropped
    }

    func receive(_ take: (RawSpan, UInt64) -> Void) -> Int {
        endpoints.receive { number, datagram, now in
            receiving = number
            take(datagram, now)
        }
    }

    func requestID(of message: RawSpan) -> UInt32? {
        var reader = WireReader(message)
        return (try? reader.uint16()).map { numbers[receiving].answered($0) }
    }

    func addSockets(to watch: inout SocketWatch) { endpoints.addSockets(to: &watch) }
}
