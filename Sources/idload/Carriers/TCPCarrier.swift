internal import EventLoop
internal import ResolutionClient

/// Questions over persistent connections in turn, any number of them under way on each. A connection that ends is made
/// anew; its questions get no answer and are lost in time.
final class TCPCarrier: LoadCarrier {
    private var connections: [TCPConnection] = []
    private var turn = 0

    /// Makes all connections; throws where one cannot be made in five seconds.
    init(_ plan: StreamPlan, count: Int) throws(AskFailure) {
        let memory = StreamLink.Memory()
        let deadline = SystemClock.monotonicNanoseconds() &+ 5_000_000_000
        for _ in 0..<max(1, count) {
            let connection = TCPConnection(plan, memory: memory)
            try connection.open(until: deadline)
            connections.append(connection)
        }
    }

    /// A connection that is away or full is passed over.
    var hasRoom: Bool {
        for _ in connections.indices where !connections[turn].hasRoom { passTurn() }
        return connections[turn].hasRoom
    }

    /// Where all connections are away or full nothing is taken.
    func send(_ questions: UnsafeBufferPointer<OutgoingQuestion>) -> Int {
        guard hasRoom, let first = questions.baseAddress else { return questions.count }
        let connection = connections[turn]
        passTurn()
        for place in questions.indices { connection.queue(first + place) }
        connection.attempt { () throws(AskFailure) in try connection.send() }
        return 0
    }

    private func passTurn() {
        turn = turn + 1 == connections.count ? 0 : turn + 1
    }

    func receive(_ take: (RawSpan, UInt64) -> Void) -> Int {
        var count = 0
        for connection in connections {
            connection.attempt { () throws(AskFailure) in
                if connection.isDue(nowNanoseconds: SystemClock.monotonicNanoseconds()) { try connection.begin() }
                try connection.send()
                count += try connection.receive(take)
            }
        }
        return count
    }

    func addSockets(to watch: inout SocketWatch) {
        for connection in connections { watch.add(connection.descriptor, forWriting: connection.isSending) }
    }

    var connectionCount: Int { connections.count { $0.isOpen } }
    var connectionCounts: ConnectionCounts { connections.counts }
    var wasRefused: Bool { connections.contains { $0.wasRefused } }
}

extension TCPConnection {
    /// Does something that a connection may not survive.
    func attempt(_ work: () throws(AskFailure) -> Void) {
        do throws(AskFailure) {
            try work()
        } catch {
            close(after: error, nowNanoseconds: SystemClock.monotonicNanoseconds())
        }
    }
}

extension [TCPConnection] {
    /// The sum over all.
    var counts: ConnectionCounts {
        reduce(into: ConnectionCounts()) { sum, connection in
            sum.made += connection.counts.made
            sum.ended += connection.counts.ended
            sum.failed += connection.counts.failed
            sum.withoutPort += connection.counts.withoutPort
        }
    }
}
