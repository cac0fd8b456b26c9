internal import EventLoop
internal import ResolutionClient

/// Questions over persistent connections in turn, any number of them under way on each. A connection that ends is made
/// anew; its questions get no answer and are lost in time.
final class TCPCarrier: LoadCarrier {
    private var connections: [TCPConnection] = []
    private var turn = 0
    /// Whether each question goes to a connection that awaits no answer.
    private let isOneAtATime: Bool
    /// By connection: how many answers are awaited. Kept where questions go one at a time.
    private var awaited: [Int] = []

    /// Makes all connections; throws where one cannot be made in five seconds.
    init(_ plan: StreamPlan, count: Int, isOneAtATime: Bool = false) throws(AskFailure) {
        self.isOneAtATime = isOneAtATime
        let memory = StreamLink.Memory()
        let deadline = SystemClock.monotonicNanoseconds() &+ 5_000_000_000
        for _ in 0..<max(1, count) {
            let connection = TCPConnection(plan, memory: memory)
            try connection.open(until: deadline)
            connections.append(connection)
            awaited.append(0)
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
        guard !isOneAtATime else { return sendOneEach(questions) }
        let connection = connections[turn]
        passTurn()
        for place in questions.indices { connection.queue(first + place) }
        connection.attempt { () throws(AskFailure) in try connection.send() }
        return 0
    }

    /// Sends each question over a connection of its own that awaits no answer; where there is none, as one of its
    /// answers was lost, over the next.
    private func sendOneEach(_ questions: UnsafeBufferPointer<OutgoingQuestion>) -> Int {
        guard let first = questions.baseAddress else { return 0 }
        for place in questions.indices {
            for _ in connections.indices where !connections[turn].hasRoom || awaited[turn] > 0 { passTurn() }
            guard hasRoom else { return questions.count - place }
            let connection = connections[turn]
            awaited[turn] += 1
            passTurn()
            connection.queue(first + place)
            connection.attempt { () throws(AskFailure) in try connection.send() }
        }
        return 0
    }

    private func passTurn() {
        turn = turn + 1 == connections.count ? 0 : turn + 1
    }

    func receive(_ take: (RawSpan, UInt64) -> Void) -> Int {
        var count = 0
        for (number, connection) in connections.enumerated() {
            let before = count
            connection.attempt { () throws(AskFailure) in
                if connection.isDue(nowNanoseconds: SystemClock.monotonicNanoseconds()) { try connection.begin() }
                try connection.send()
                count += try connection.receive(take)
            }
            if isOneAtATime { awaited[number] = connection.isOpen ? max(0, awaited[number] - (count - before)) : 0 }
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
        reduce(into: ConnectionCounts()) { $0.add($1.counts) }
    }
}
