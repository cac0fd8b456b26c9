internal import EventLoop
internal import ResolutionClient
internal import ResolutionProtocol

/// One target asked through one protocol: what is under way there, what came back, and what was counted.
///
/// Nothing is allocated, and no reference counted, for a question on its way out; the carrier is called once a batch.
struct Channel: ~Copyable {
    /// Most questions in one system call.
    static let batchCountMax = 32

    let target: LoadTarget
    private let questions: ChannelQuestions
    private let carrier: any LoadCarrier
    private let batch: UnsafeMutablePointer<OutgoingQuestion>
    private var batchCount = 0
    private var lastPlanned: UInt64 = 0
    private var table: OutstandingTable
    private var joiner: PacketJoiner
    private var recorder = LoadRecorder()
    /// What had become of connections before the measured part, and when the last second was taken.
    private var warmupConnections = ConnectionCounts()
    private var lastConnections = ConnectionCounts()

    /// Takes all the memory it will need.
    init(_ target: LoadTarget, plan: LoadPlan, questions: QuestionSet, carrier: any LoadCarrier) {
        self.target = target
        self.questions = ChannelQuestions(questions, own: carrier.ownQuestions)
        self.carrier = carrier
        batch = .allocate(capacity: Self.batchCountMax)
        // What an earlier run did with the same carrier is not of this one; what it left open is.
        warmupConnections = carrier.connectionCounts
        warmupConnections.made -= min(warmupConnections.made, UInt64(carrier.connectionCount))
        lastConnections = warmupConnections
        // The first id is not from the seed: two runs in a row must not use the same ones.
        table = OutstandingTable(
            firstID: RequestID.random(),
            timeoutNanoseconds: plan.timeoutNanoseconds,
            capacity: plan.outstandingCapacity
        )
        joiner = PacketJoiner(limits: Self.joinerLimits(of: plan))
    }

    deinit { batch.deallocate() }

    /// From then on questions are part of the result.
    mutating func begin(measuredFromNanoseconds: UInt64) {
        recorder = LoadRecorder(measuredFromNanoseconds: measuredFromNanoseconds)
    }

    /// Whether a socket takes questions now.
    var hasRoom: Bool { carrier.hasRoom }
    /// How many questions the sockets take now.
    var room: Int { carrier.room }
    /// Whether another question can be put into the batch.
    var hasPlace: Bool { batchCount < Self.batchCountMax && table.hasRoom }
    var waitingCount: Int { table.waitingCount }
    /// A target that has never answered and refuses is not there; one that answered before may come back.
    var isRefused: Bool { !recorder.hasAnswer && carrier.wasRefused }
    /// When a question of the measured part was sent or answered in time, the last time.
    var lastActivityNanoseconds: UInt64 { recorder.lastActivityNanoseconds }
    /// From planned to actual sending.
    var timerError: LatencyHistogram { recorder.timerError }

    /// Whether it asks nothing of the run's.
    var hasOwnQuestions: Bool { questions.areOwn }
    /// The next of its own questions; nil: there are none, or that was the last.
    func nextOwnQuestion() -> Int? { questions.nextOwn() }

    /// Puts a question into the batch, which has a place.
    mutating func add(_ question: Int, plannedNanoseconds planned: UInt64, nowNanoseconds now: UInt64) {
        guard let requestID = table.add(question: question, plannedNanoseconds: planned, nowNanoseconds: now) else {
            return
        }
        recorder.noteSent(plannedNanoseconds: planned, nowNanoseconds: now)
        (batch + batchCount).initialize(to: message(question, requestID))
        lastPlanned = planned
        batchCount += 1
    }

    private func message(_ question: Int, _ requestID: UInt32) -> OutgoingQuestion {
        OutgoingQuestion(
            requestID: requestID,
            version: questions.version(of: question),
            message: questions.message(of: question)
        )
    }

    /// Sends the batch on one socket, and returns how many questions it had.
    mutating func send() -> Int {
        let count = batchCount
        guard count > 0 else { return 0 }
        let unsent = carrier.send(UnsafeBufferPointer(start: batch, count: count))
        if unsent > 0 { recorder.noteUnsent(unsent, plannedNanoseconds: lastPlanned) }
        batchCount = 0
        return count
    }

    /// Gives up what has waited too long.
    mutating func expire(nowNanoseconds: UInt64) {
        let questions = questions
        while let asked = table.giveUp(nowNanoseconds: nowNanoseconds) {
            questions.giveUp(asked.question)
            recorder.note(
                .lost,
                asked,
                Tally.Sample(
                    .lost,
                    identifier: questions.identifier(of: asked),
                    packet: RawSpan(_unsafeBytes: questions.message(of: asked.question))
                )
            )
        }
    }

    func addSockets(to watch: inout SocketWatch) { carrier.addSockets(to: &watch) }

    /// What has happened since the last taking.
    mutating func takeSecond(isWarmup: Bool) -> LoadSecond {
        var second = recorder.takeSecond()
        second.outstanding = table.waitingCount
        second.connections = carrier.connectionCount
        let connections = carrier.connectionCounts
        second.connected = connections.made - lastConnections.made
        lastConnections = connections
        if isWarmup { warmupConnections = connections }
        return second
    }

    /// What the measured part came to.
    var result: ChannelResult {
        var tally = recorder.tally
        tally.note(carrier.connectionCounts, since: warmupConnections)
        return ChannelResult(target: target, tally: tally)
    }

    private static func joinerLimits(of plan: LoadPlan) -> PacketJoiner.Limits {
        var limits = PacketJoiner.Limits()
        limits.messages = max(64, plan.outstandingMax ?? 65_536)
        limits.messagesPerSource = limits.messages
        limits.byteCount = 64 << 20
        limits.lifetimeNanoseconds = plan.timeoutNanoseconds
        return limits
    }
}

extension Channel {
    /// Takes what has come, and returns how many packets or messages it was.
    mutating func receive() -> Int {
        carrier.receive { packet, now in take(packet, nowNanoseconds: now) }
    }

    /// Puts what came into its one column.
    private mutating func take(_ packet: RawSpan, nowNanoseconds: UInt64) {
        if questions.areKnownByCarrier, let requestID = carrier.requestID(of: packet) {
            return finish(packet, requestID: requestID, nowNanoseconds: nowNanoseconds)
        }
        var reader = WireReader(packet)
        guard !questions.areKnownByCarrier, let envelope = try? Envelope(anyLengthFrom: &reader) else {
            return recorder.noteUnexpected(
                nowNanoseconds: nowNanoseconds,
                Tally.Sample(.unexpected, packet: packet)
            )
        }
        let length = Int(envelope.messageLength)
        guard target.carrier == .udp, length > Packets.payloadByteCountMax, length <= Envelope.messageLengthMax,
            table.isWaiting(envelope.requestID)
        else { return finish(packet, requestID: envelope.requestID, nowNanoseconds: nowNanoseconds) }
        let payload = packet.extracting(Envelope.byteCount..<packet.byteCount)
        switch joiner.take(envelope: envelope, payload: payload, from: [], nowNanoseconds: nowNanoseconds) {
        case .waiting: return
        case .complete(let whole):
            finish(whole.span.bytes, requestID: envelope.requestID, nowNanoseconds: nowNanoseconds)
        case .dropped: finish(packet, requestID: envelope.requestID, nowNanoseconds: nowNanoseconds)
        }
    }

    private mutating func finish(_ message: RawSpan, requestID: UInt32, nowNanoseconds: UInt64) {
        let questions = questions
        switch table.take(requestID) {
        case .unknown:
            recorder.noteUnexpected(
                nowNanoseconds: nowNanoseconds,
                Tally.Sample(.unexpected, packet: message)
            )
        case .late(let asked):
            recorder.note(.late, asked, Self.sample(.late, of: asked, in: questions, message))
        case .duplicate(let asked):
            recorder.note(.duplicate, asked, Self.sample(.duplicate, of: asked, in: questions, message))
        case .waiting(let asked):
            recorder.noteAnswer(to: asked, nowNanoseconds: nowNanoseconds)
            guard let fault = questions.takeAnswer(message, to: asked.question, found: carrier.fault) else {
                return recorder.noteRight(asked)
            }
            recorder.noteWrong(asked, fault, Self.sample(.wrong, fault, of: asked, in: questions, message))
        }
    }

    private static func sample(
        _ column: AnswerColumn,
        _ fault: AnswerFault? = nil,
        of asked: OutstandingTable.Asked,
        in questions: ChannelQuestions,
        _ message: RawSpan
    ) -> Tally.Sample {
        Tally.Sample(column, fault: fault, identifier: questions.identifier(of: asked), packet: message)
    }
}
