import EventLoop
import FakeServer
import ResolutionProtocol

@testable import idload

/// A target on a clock of its own, which moves only where the run waits, looks at it, or is made to stall: what a test
/// sees depends on nothing else. Times are nanoseconds from the clock's start.
final class SimulatedTarget: LoadCarrier, LoadClock {
    /// When a question that was sent at a time is answered; nil: never.
    private let answerTime: (UInt64) -> UInt64?
    /// The run loses the processor at these times, for so long.
    private var stalls: [(at: UInt64, nanoseconds: UInt64)]
    private let processorShare: Double
    private let takes: (UInt64) -> Bool
    /// What it answers to a request.
    private let answer: ([UInt8]) -> [UInt8]
    let ownQuestions: (any OwnQuestions)?
    private var now: UInt64 = 0
    private weak var leader: SimulatedTarget?
    private var due: [(at: UInt64, answer: [UInt8])] = []
    /// When questions were sent.
    private(set) var sendings: [UInt64] = []
    /// What was asked for, in that order.
    private(set) var identifiers: [String] = []

    init(
        stalls: [(at: UInt64, nanoseconds: UInt64)] = [],
        processorShare: Double = 0.1,
        takes: @escaping (UInt64) -> Bool = { _ in true },
        ownQuestions: (any OwnQuestions)? = nil,
        answer: @escaping ([UInt8]) -> [UInt8] = { answerWire(to: $0) },
        answerTime: @escaping (UInt64) -> UInt64?
    ) {
        self.stalls = stalls
        self.processorShare = processorShare
        self.takes = takes
        self.ownQuestions = ownQuestions
        self.answer = answer
        self.answerTime = answerTime
    }

    /// Another target's clock is this one's, too.
    func follow(_ other: SimulatedTarget) { leader = other }

    private var time: UInt64 { leader?.now ?? now }

    /// Each look takes a microsecond: a run that never waits comes to its end as well.
    func nanoseconds() -> UInt64 {
        now += 1_000
        if let stall = stalls.first, now >= stall.at {
            stalls.removeFirst()
            now += stall.nanoseconds
        }
        return now
    }

    func processorNanoseconds() -> UInt64 { UInt64(Double(now) * processorShare) }

    var hasRoom: Bool { takes(time) }
    let connectionCount = 1
    let wasRefused = false

    func send(_ questions: UnsafeBufferPointer<OutgoingQuestion>) -> Int {
        guard takes(time) else { return questions.count }
        for place in questions.indices {
            sendings.append(time)
            guard let question = questions.baseAddress.map({ $0 + place }) else { continue }
            let request = Array(OutgoingQuestion.envelope(of: question)) + Array(question.pointee.message)
            if let message = try? Message(wire: request), case .resolve(let asked) = message.body {
                identifiers.append(String(decoding: asked.identifier, as: UTF8.self))
            }
            guard let at = answerTime(time) else { continue }
            due.append((at, answer(request)))
        }
        return 0
    }

    func receive(_ take: (RawSpan, UInt64) -> Void) -> Int {
        let ready = due.filter { $0.at <= time }
        due.removeAll { $0.at <= time }
        for (_, answer) in ready { take(answer.span.bytes, time) }
        return ready.count
    }

    func requestID(of message: RawSpan) -> UInt32? {
        guard ownQuestions != nil else { return nil }
        var reader = WireReader(message)
        return (try? Envelope(from: &reader))?.requestID
    }

    func addSockets(to watch: inout SocketWatch) {}

    func wait(nanoseconds: UInt64, on watch: inout SocketWatch) {
        let next = due.map(\.at).min() ?? UInt64.max
        now = max(now, min(now + nanoseconds, next))
    }
}
