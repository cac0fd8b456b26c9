internal import EventLoop
internal import ResolutionClient

/// Questions over connections of which each takes so many and is then closed, as clients do that connect for every
/// look-up. A question for which no connection is free is not taken.
final class ShortConnectionCarrier: LoadCarrier {
    private let places: [ShortConnection]
    private var turn = 0
    private var watch = SocketWatch()
    /// Places whose sockets are in `watch`, in its order.
    private var watched: [Int] = []

    /// Makes the first connection, so that a target that is not there is told at once; throws where that cannot be
    /// made in five seconds.
    init(_ plan: StreamPlan, count: Int, questionsPerConnection: Int, timeoutNanoseconds: UInt64) throws(AskFailure) {
        let memory = StreamLink.Memory()
        places = (0..<max(1, count)).map { _ in
            ShortConnection(
                TCPConnection(plan, memory: memory),
                questionCountMax: max(1, questionsPerConnection),
                timeoutNanoseconds: timeoutNanoseconds
            )
        }
        try places[0].connection.open(until: SystemClock.monotonicNanoseconds() &+ 5_000_000_000)
    }

    var hasRoom: Bool { room > 0 }

    var room: Int {
        let now = SystemClock.monotonicNanoseconds()
        return places.reduce(0) { $0 + $1.room(nowNanoseconds: now) }
    }

    func send(_ questions: UnsafeBufferPointer<OutgoingQuestion>) -> Int {
        guard let first = questions.baseAddress else { return 0 }
        let now = SystemClock.monotonicNanoseconds()
        for place in questions.indices {
            guard let free = nextPlace(nowNanoseconds: now) else { return questions.count - place }
            places[free].queue(first + place, nowNanoseconds: now)
            // One that is open sends at once; the others when they are.
            places[free].attempt { () throws(AskFailure) in try places[free].connection.send() }
        }
        return 0
    }

    private func nextPlace(nowNanoseconds: UInt64) -> Int? {
        for _ in places.indices {
            turn = turn + 1 < places.count ? turn + 1 : 0
            if places[turn].room(nowNanoseconds: nowNanoseconds) > 0 { return turn }
        }
        return nil
    }

    /// Looks only at sockets on which something has happened: there may be many.
    func receive(_ take: (RawSpan, UInt64) -> Void) -> Int {
        watch.removeAll()
        watched.removeAll(keepingCapacity: true)
        for (place, short) in places.enumerated() where short.connection.descriptor >= 0 {
            watch.add(short.connection.descriptor, forWriting: short.connection.isSending)
            watched.append(place)
        }
        guard !watched.isEmpty else { return 0 }
        watch.wait(nanoseconds: 0)
        let now = SystemClock.monotonicNanoseconds()
        var count = 0
        for (order, place) in watched.enumerated() {
            guard watch.isReady(at: order) || places[place].isOverdue(nowNanoseconds: now) else { continue }
            count += places[place].work(nowNanoseconds: now, take)
        }
        return count
    }

    func addSockets(to watch: inout SocketWatch) {
        for place in places { watch.add(place.connection.descriptor, forWriting: place.connection.isSending) }
    }

    var connectionCount: Int { places.count { $0.connection.isOpen } }
    var connectionCounts: ConnectionCounts { places.map(\.connection).counts }
    var wasRefused: Bool { places.contains { $0.connection.wasRefused } }
}
