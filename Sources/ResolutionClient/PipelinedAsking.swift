internal import Cryptography
internal import EventLoop
internal import Glibc
internal import ResolutionProtocol

/// Many questions over one TCP connection, up to `inFlightMax` of them unanswered at a time, answers in any order.
///
/// Takes each question when there is room for it and hands each answer on as it comes, so that a million questions take
/// no more memory than those under way.
struct PipelinedAsking: ~Copyable {
    private let server: SocketAddress
    private let timeouts: AskTimeouts
    private let security: TLSContext?
    private let inFlightMax: Int
    private var waiting: [UInt32: (request: Message, check: AnswerCheck)] = [:]
    private var outgoing: [UInt8] = []
    private var outgoingStart = 0
    private var cutter = MessageCutter()
    private var buffer = [UInt8](repeating: 0, count: 262_144)
    private var answeredCount = 0
    private var isExhausted = false
    private var isStopped = false

    init(server: SocketAddress, timeouts: AskTimeouts, security: TLSContext? = nil, inFlightMax: Int) {
        self.server = server
        self.timeouts = timeouts
        self.security = security
        self.inFlightMax = max(1, inFlightMax)
    }

    /// Asks what `next` gives until it gives nil, and returns how many answers came.
    ///
    /// `each` gets every answer once, or why it may not be believed, and says whether to go on. Throws where the
    /// connection fails, stands still for `timeouts.answer`, or bears an answer to no request of ours.
    mutating func run(
        next: () -> Message?,
        each: (_ request: Message, _ outcome: Result<Message, AskFailure>) -> Bool
    ) throws(AskError) -> Int {
        do throws(AskFailure) {
            var channel = try ClientChannel.connecting(server, security: security, timeouts: timeouts)
            var deadline = SystemClock.deadline(afterMilliseconds: timeouts.answer)
            while !isStopped {
                takeQuestions(next)
                if waiting.isEmpty { break }
                let before = answeredCount
                try exchange(over: &channel, until: deadline, each: each)
                if answeredCount > before { deadline = SystemClock.deadline(afterMilliseconds: timeouts.answer) }
            }
            return answeredCount
        } catch {
            throw AskError(server: "\(server)", carrier: security == nil ? .tcp : .tls, failure: error)
        }
    }

    private mutating func takeQuestions(_ next: () -> Message?) {
        // Sending waits for a full half of the window: fewer, larger writes.
        guard !isExhausted, waiting.count <= inFlightMax / 2 else { return }
        while waiting.count < inFlightMax {
            guard var request = next() else {
                isExhausted = true
                return
            }
            repeat { request.envelope.requestID = RequestID.random() } while waiting[request.envelope.requestID] != nil
            let wire = request.wire
            waiting[request.envelope.requestID] = (request, AnswerCheck(request: request, wire: wire))
            outgoing.append(contentsOf: wire)
        }
    }

    private mutating func exchange(
        over channel: inout ClientChannel,
        until deadline: UInt64,
        each: (_ request: Message, _ outcome: Result<Message, AskFailure>) -> Bool
    ) throws(AskFailure) {
        let isWriting = outgoingStart < outgoing.count
        guard case .ready(let isReadable, let isWritable) = try channel.wait(forWriting: isWriting, until: deadline)
        else { throw .noAnswer(sendings: 1, milliseconds: timeouts.answer) }
        if isWritable {
            outgoingStart += try channel.send(outgoing[outgoingStart...])
            if outgoingStart == outgoing.count {
                outgoing.removeAll(keepingCapacity: true)
                outgoingStart = 0
            }
        }
        guard isReadable, let count = try channel.receive(into: &buffer) else { return }
        guard count > 0 else { throw .connectionEnded }
        cutter.append(buffer[..<count])
        try handOn(each)
    }

    private mutating func handOn(
        _ each: (_ request: Message, _ outcome: Result<Message, AskFailure>) -> Bool
    ) throws(AskFailure) {
        let nowSeconds = UInt32(truncatingIfNeeded: SystemClock.coarseRealtimeSeconds())
        while !isStopped, let wire = try nextMessage() {
            let id = try AnswerCheck.envelope(of: wire).requestID
            guard let (request, check) = waiting.removeValue(forKey: id) else { throw .wrongRequestID(id) }
            answeredCount += 1
            do throws(AskFailure) {
                isStopped = !each(request, .success(try check.answer(wire, nowSeconds: nowSeconds)))
            } catch {
                isStopped = !each(request, .failure(error))
            }
        }
    }

    private mutating func nextMessage() throws(AskFailure) -> [UInt8]? {
        do { return try cutter.next() } catch { throw .malformed(error) }
    }
}
