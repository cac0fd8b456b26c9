internal import EventLoop
internal import Glibc
internal import ResolutionClient
internal import ResolutionProtocol

/// Questions over persistent connections in turn, any number of them under way on each. A connection that ends is made
/// anew; its questions get no answer and are lost in time.
final class TCPCarrier: LoadCarrier {
    private let target: SocketAddress
    private var connections: [TCPConnection] = []
    private var turn = 0
    private var buffer = [UInt8](repeating: 0, count: 262_144)
    private(set) var disconnectedCount: UInt64 = 0
    private(set) var wasRefused = false

    /// Makes all connections; throws where one cannot be made in five seconds.
    init(to target: SocketAddress, count: Int) throws(AskFailure) {
        self.target = target
        let deadline = SystemClock.monotonicNanoseconds() &+ 5_000_000_000
        for _ in 0..<max(1, count) {
            let connection = TCPConnection(to: target)
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
        attempt(connection) { () throws(AskFailure) in try connection.send() }
        return 0
    }

    private func passTurn() {
        turn = turn + 1 == connections.count ? 0 : turn + 1
    }

    func receive(_ take: (RawSpan, UInt64) -> Void) -> Int {
        var count = 0
        for connection in connections {
            attempt(connection) { () throws(AskFailure) in
                try connection.send()
                count += try connection.receive(into: &buffer, take)
            }
            connection.reopenIfDue(nowNanoseconds: SystemClock.monotonicNanoseconds())
        }
        return count
    }

    func addSockets(to watch: inout SocketWatch) {
        for connection in connections { watch.add(connection.descriptor, forWriting: connection.isSending) }
    }

    var connectionCount: Int { connections.count { $0.isOpen } }

    private func attempt(_ connection: TCPConnection, _ work: () throws(AskFailure) -> Void) {
        do throws(AskFailure) {
            try work()
        } catch {
            if error == .refused { wasRefused = true }
            disconnectedCount += 1
            connection.close(nowNanoseconds: SystemClock.monotonicNanoseconds())
        }
    }
}
