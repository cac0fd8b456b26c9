internal import Console
internal import EventLoop
internal import ResolutionClient
internal import ResolutionProtocol

/// One run on one thread: sends what the pacing says is due, receives, judges and records.
///
/// Nothing is allocated, and no reference counted, for a question on its way out; the carrier and the clock are called
/// once a batch.
struct LoadEngine: ~Copyable {
    /// Most questions between two looks at what has come.
    static let batchCountMax = 32
    /// The longest wait while there is something to look after.
    private static let waitNanosecondsMax: UInt64 = 1_000_000

    private let plan: LoadPlan
    private let questions: QuestionSet
    private let messages: MessagesInPlace
    private let carrier: any LoadCarrier
    private let clock: any LoadClock
    private let batch: UnsafeMutablePointer<OutgoingQuestion>
    private let start: UInt64
    private let measuredFrom: UInt64
    private var picker: QuestionPicker
    private var pacing: LoadPacing
    private var table: OutstandingTable
    private var joiner: PacketJoiner
    private var recorder: LoadRecorder
    private var watch: GeneratorWatch
    private var sockets = SocketWatch()
    /// Whether the last identifier was asked for.
    private var isExhausted = false

    /// The run begins now.
    init(plan: LoadPlan, questions: QuestionSet, carrier: any LoadCarrier, clock: any LoadClock = MachineClock()) {
        self.plan = plan
        self.questions = questions
        self.carrier = carrier
        self.clock = clock
        messages = questions.messagesInPlace
        batch = .allocate(capacity: Self.batchCountMax)
        // The first id is not from the seed: two runs in a row must not use the same ones. Its memory takes some
        // milliseconds, by which the run would begin late.
        table = OutstandingTable(firstID: RequestID.random(), timeoutNanoseconds: plan.timeoutNanoseconds)
        start = clock.nanoseconds()
        measuredFrom = start &+ UInt64(plan.warmupSeconds * 1e9)
        picker = QuestionPicker(knownCount: questions.knownCount, missingCount: questions.missingCount, plan: plan)
        pacing = LoadPacing(plan.loop, startNanoseconds: start)
        joiner = PacketJoiner(limits: Self.joinerLimits(of: plan))
        recorder = LoadRecorder(measuredFromNanoseconds: measuredFrom)
        watch = GeneratorWatch(
            startNanoseconds: start,
            measuredFromNanoseconds: measuredFrom,
            processorNanoseconds: clock.processorNanoseconds()
        )
    }

    deinit { batch.deallocate() }

    /// Opens what `plan` asks through; throws where that is not to be had.
    static func open(_ plan: LoadPlan) throws(AskFailure) -> any LoadCarrier {
        switch plan.carrier {
        case .udp: try UDPCarrier(to: plan.target, count: plan.connections)
        case .tcp: try TCPCarrier(to: plan.target, count: plan.connections)
        }
    }

    /// Asks until the time is over, the last identifier was asked for, nobody listens, or somebody interrupts; then
    /// waits for the answers still due. `eachSecond` is called about once a second, and with what is left at the end.
    consuming func run(eachSecond: (_ second: LoadSecond) -> Void) -> LoadResult {
        let end = start &+ plan.nanoseconds
        var now = start
        while true {
            let isSending =
                !isExhausted && !pacing.isAtEnd(now, end: end) && !Interruption.isRequested && !isRefused
            if !isSending && table.waitingCount == 0 { break }
            let sent = isSending ? send(nowNanoseconds: now) : 0
            if receive() == 0 && sent == 0 { wait(isSending: isSending) }
            now = clock.nanoseconds()
            expire(nowNanoseconds: now)
            if watch.isSecondOver(now) { eachSecond(endSecond(nowNanoseconds: now)) }
        }
        // The rest of a second, so that the seconds add up to the whole.
        let rest = endSecond(nowNanoseconds: now)
        if rest.sent + rest.answered + rest.lost + rest.notSent > 0 { eachSecond(rest) }
        return result(nowNanoseconds: now)
    }

    /// A target that has never answered and refuses is not there; one that answered before may come back.
    private var isRefused: Bool { !recorder.hasAnswer && carrier.wasRefused }

    /// Sends a batch on one socket, as far as the pacing allows, and returns how many.
    private mutating func send(nowNanoseconds now: UInt64) -> Int {
        pacing.look(nowNanoseconds: now, waitingCount: table.waitingCount, hasRoom: carrier.hasRoom)
        var count = 0
        var lastPlanned: UInt64 = 0
        while count < Self.batchCountMax, table.hasRoom, let planned = pacing.nextDue(nowNanoseconds: now) {
            guard let question = picker.next() else {
                isExhausted = true
                break
            }
            guard
                let requestID = table.add(question: question, plannedNanoseconds: planned, nowNanoseconds: now)
            else { break }
            pacing.take()
            recorder.noteSent(plannedNanoseconds: planned, nowNanoseconds: now)
            (batch + count).initialize(
                to: OutgoingQuestion(requestID: requestID, message: messages[question])
            )
            lastPlanned = planned
            count += 1
        }
        guard count > 0 else { return 0 }
        let unsent = carrier.send(UnsafeBufferPointer(start: batch, count: count))
        if unsent > 0 { recorder.noteUnsent(unsent, plannedNanoseconds: lastPlanned) }
        return count
    }

    private mutating func wait(isSending: Bool) {
        let now = clock.nanoseconds()
        let due = isSending ? pacing.nextNanoseconds ?? UInt64.max : UInt64.max
        guard due > now else { return }
        sockets.removeAll()
        carrier.addSockets(to: &sockets)
        clock.wait(nanoseconds: min(due - now, Self.waitNanosecondsMax), on: &sockets)
    }

    private mutating func endSecond(nowNanoseconds now: UInt64) -> LoadSecond {
        var second = recorder.takeSecond()
        second.outstanding = table.waitingCount
        second.connections = carrier.connectionCount
        let counts = GeneratorWatch.Counts(
            notSent: pacing.allNotSentCount,
            planned: pacing.plannedCount(nowNanoseconds: now),
            disconnected: carrier.disconnectedCount
        )
        watch.endSecond(&second, counts, now, processorNanoseconds: clock.processorNanoseconds())
        if case .closed(_, let rate, _, _) = plan.loop { second.targetPerSecond = rate }
        return second
    }

    private mutating func result(nowNanoseconds now: UInt64) -> LoadResult {
        var tally = recorder.tally
        tally.disconnected = carrier.disconnectedCount - watch.warmupDisconnectedCount
        var figures = watch.figures(now, processorNanoseconds: clock.processorNanoseconds())
        figures.timerError = recorder.timerError
        figures.notSent = pacing.notSentCount
        figures.backlog = pacing.backlogMax
        return LoadResult(
            tally: tally,
            seconds: Double(max(1, recorder.lastActivityNanoseconds &- measuredFrom)) / 1e9,
            wasInterrupted: Interruption.isRequested,
            wasRefused: isRefused,
            generator: figures
        )
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

extension LoadEngine {
    private mutating func receive() -> Int {
        carrier.receive { packet, now in take(packet, nowNanoseconds: now) }
    }

    /// Puts what came into its one column.
    private mutating func take(_ packet: RawSpan, nowNanoseconds: UInt64) {
        var reader = WireReader(packet)
        guard let envelope = try? Envelope(anyLengthFrom: &reader) else {
            return recorder.noteUnexpected(
                nowNanoseconds: nowNanoseconds,
                Tally.Sample(.unexpected, packet: packet)
            )
        }
        let length = Int(envelope.messageLength)
        guard plan.carrier == .udp, length > Packets.payloadByteCountMax, length <= Envelope.messageLengthMax,
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
            recorder.noteLate(
                asked,
                Tally.Sample(.late, identifier: questions.identifier(of: asked.question), packet: message)
            )
        case .duplicate(let asked):
            recorder.noteDuplicate(
                asked,
                Tally.Sample(.duplicate, identifier: questions.identifier(of: asked.question), packet: message)
            )
        case .waiting(let asked):
            recorder.noteAnswer(to: asked, nowNanoseconds: nowNanoseconds)
            guard let fault = AnswerReader.fault(in: message, question: asked.question, of: questions) else {
                return recorder.noteRight(asked)
            }
            recorder.noteWrong(
                asked,
                fault,
                Tally.Sample(
                    .wrong,
                    fault: fault,
                    identifier: questions.identifier(of: asked.question),
                    packet: message
                )
            )
        }
    }

    /// Gives up what has waited too long.
    private mutating func expire(nowNanoseconds: UInt64) {
        let (questions, messages) = (questions, messages)
        while let asked = table.giveUp(nowNanoseconds: nowNanoseconds) {
            recorder.noteLost(
                asked,
                Tally.Sample(
                    .lost,
                    identifier: questions.identifier(of: asked.question),
                    packet: RawSpan(_unsafeBytes: messages[asked.question])
                )
            )
        }
    }
}
