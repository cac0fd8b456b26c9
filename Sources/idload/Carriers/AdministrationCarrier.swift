internal import EventLoop
internal import ResolutionClient
internal import ResolutionProtocol

/// Requests of an administrator over connections in turn, each with a session of its own.
final class AdministrationCarrier: LoadCarrier {
    /// Servers make those wait who failed before.
    static let logInMilliseconds = 30_000

    private let connections: [AdministrationConnection]
    private let book: WriteBook
    private var turn = 0
    /// Of the message that is being handed on.
    private var answered: UInt32 = 0
    private(set) var fault: AnswerFault?
    private let timeoutNanoseconds: UInt64

    /// Makes all connections and logs in over each by creating a record: that is both a proof of who asks, and of
    /// what may be done.
    init(to target: LoadTarget, _ plan: LoadPlan, key: AdministratorKey, _ book: WriteBook) throws(OpeningFailure) {
        self.book = book
        timeoutNanoseconds = plan.timeoutNanoseconds
        let stream = StreamPlan(target: target.address, sources: plan.sources)
        let memory = StreamLink.Memory()
        var connections: [AdministrationConnection] = []
        for _ in 0..<max(1, plan.connections) {
            let connection = AdministrationConnection(
                TCPConnection(stream, memory: memory),
                key: key,
                timeoutNanoseconds: plan.timeoutNanoseconds
            )
            try Self.logIn(connection, book)
            connections.append(connection)
        }
        self.connections = connections
    }

    private static func logIn(_ connection: AdministrationConnection, _ book: WriteBook) throws(OpeningFailure) {
        guard let first = book.nextCreation() else { return }
        let deadline = SystemClock.monotonicNanoseconds() &+ UInt64(logInMilliseconds) * 1_000_000
        let answer: Message
        do throws(AskFailure) {
            answer = try connection.logIn(asking: book.request(first), until: deadline)
        } catch {
            throw .asking(error)
        }
        let wire = answer.wire
        switch book.takeAnswer(wire.span.bytes, to: first, found: nil) {
        case nil: return
        case .code(let code)?: throw .refused(ResponseCode(rawValue: code), text: answer.refusalText)
        case .some: throw .asking(.wrongOperation(answer.header.opCode))
        }
    }

    var ownQuestions: (any OwnQuestions)? { book }
    var hasRoom: Bool { connections.contains { $0.hasRoom } }

    /// A connection that is away or full is passed over; where all are, nothing is taken.
    func send(_ questions: UnsafeBufferPointer<OutgoingQuestion>) -> Int {
        guard let connection = next(), let first = questions.baseAddress else { return questions.count }
        let expiration = UInt32(truncatingIfNeeded: SystemClock.coarseRealtimeSeconds()) &+ Header.lifetimeSeconds
        var refusedCount = 0
        for place in questions.indices {
            let question = first + place
            let wire = [UInt8](OutgoingQuestion.envelope(of: question)) + [UInt8](question.pointee.message)
            guard var request = try? Message(wire: wire) else {
                refusedCount += 1
                continue
            }
            request.header.expiration = expiration
            connection.ask(request)
        }
        return refusedCount
    }

    private func next() -> AdministrationConnection? {
        for _ in connections.indices {
            let connection = connections[turn]
            turn = turn + 1 == connections.count ? 0 : turn + 1
            if connection.hasRoom { return connection }
        }
        return nil
    }

    func receive(_ take: (RawSpan, UInt64) -> Void) -> Int {
        let now = SystemClock.monotonicNanoseconds()
        var count = 0
        for connection in connections {
            count += connection.work(nowNanoseconds: now) { arrival, message, now in
                answered = arrival.requestID
                fault = arrival.fault
                take(message, now)
            }
        }
        return count
    }

    func requestID(of message: RawSpan) -> UInt32? { answered }

    func addSockets(to watch: inout SocketWatch) {
        for connection in connections { connection.addSocket(to: &watch) }
    }

    func end() {
        for connection in connections { connection.end() }
    }

    var connectionCount: Int { connections.count { $0.isOpen } }
    var connectionCounts: ConnectionCounts {
        connections.reduce(into: ConnectionCounts()) { $0.add($1.counts) }
    }
    var wasRefused: Bool { connections.contains { $0.wasRefused } }
}
