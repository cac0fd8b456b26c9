internal import Console
internal import EventLoop
internal import ResolutionClient
internal import ResolutionProtocol

/// One run: sends, receives and judges on one thread, in a closed loop.
struct LoadRun: ~Copyable {
    /// How it went.
    struct Result {
        var tally: Tally
        /// From the first sending to the last sending or answer in time.
        var seconds: Double
        var wasInterrupted: Bool
        var wasRefused: Bool

        /// Answers in time per second.
        var answersPerSecond: Double { seconds > 0 ? Double(tally.answered) / seconds : 0 }
    }

    /// Most questions between two looks at what has come.
    private static let burstMax = 32

    private let plan: LoadPlan
    private let questions: QuestionSet
    private let carrier: any LoadCarrier
    private var picker: QuestionPicker
    private var table: OutstandingTable
    private var joiner: PacketJoiner
    private var pacer: Pacer?
    private var tally = Tally()
    private var isExhausted = false
    /// When a question was sent or answered in time, the last time.
    private var lastActivity: UInt64 = 0
    /// A question that was picked and found no room.
    private var pending: Int?

    init(plan: LoadPlan, questions: QuestionSet, carrier: any LoadCarrier) {
        self.plan = plan
        self.questions = questions
        self.carrier = carrier
        picker = QuestionPicker(knownCount: questions.knownCount, missingCount: questions.missingCount, plan: plan)
        // Not from the seed: two runs in a row must not use the same ids.
        table = OutstandingTable(firstID: RequestID.random(), timeoutNanoseconds: plan.timeoutNanoseconds)
        var limits = PacketJoiner.Limits()
        limits.messages = max(64, plan.outstanding)
        limits.messagesPerSource = limits.messages
        limits.byteCount = 64 << 20
        limits.lifetimeNanoseconds = plan.timeoutNanoseconds
        joiner = PacketJoiner(limits: limits)
    }

    /// Opens what `plan` asks through; throws where that is not to be had.
    static func open(_ plan: LoadPlan) throws(AskFailure) -> any LoadCarrier {
        switch plan.carrier {
        case .udp: try UDPCarrier(to: plan.target, count: plan.connections)
        case .tcp: try TCPCarrier(to: plan.target, count: plan.connections)
        }
    }

    /// Asks until the time is over, the last identifier was asked for, nobody listens, or somebody interrupts; then
    /// waits for the answers still due. `eachSecond` is called about once a second.
    consuming func run(eachSecond: (_ elapsedSeconds: Double, _ tally: Tally) -> Void) -> Result {
        // Its own waiting for a processor would be read as the server's.
        ThreadPace.prompt.adopt()
        let start = SystemClock.monotonicNanoseconds()
        let end = start &+ UInt64(plan.seconds * 1e9)
        var nextReport = start &+ 1_000_000_000
        lastActivity = start
        pacer = plan.ratePerSecond.map { Pacer(ratePerSecond: $0, startNanoseconds: start) }
        var now = start
        while true {
            let isSending = !isExhausted && now < end && !Interruption.isRequested && !isRefused
            if !isSending && table.waitingCount == 0 { break }
            let sent = isSending ? send(nowNanoseconds: now) : 0
            if sent > 0 { lastActivity = now }
            if receive() == 0 && sent == 0 { carrier.wait(milliseconds: 1) }
            now = SystemClock.monotonicNanoseconds()
            table.expire(nowNanoseconds: now)
            if now >= nextReport {
                nextReport = now &+ 1_000_000_000
                tally.lost = table.lostCount
                eachSecond(Double(now - start) / 1e9, tally)
            }
        }
        return result(seconds: Double(max(1, lastActivity &- start)) / 1e9)
    }

    private func result(seconds: Double) -> Result {
        var tally = tally
        tally.lost = table.lostCount
        tally.disconnected = carrier.disconnectedCount
        return Result(
            tally: tally,
            seconds: seconds,
            wasInterrupted: Interruption.isRequested,
            wasRefused: isRefused
        )
    }

    /// A target that has never answered and refuses is not there; one that answered before may come back.
    private var isRefused: Bool { tally.answered == 0 && carrier.wasRefused }

    /// Sends a burst on one socket, as far as the loop and the rate allow, and returns how many.
    private mutating func send(nowNanoseconds now: UInt64) -> Int {
        var room = min(Self.burstMax, plan.outstanding - table.waitingCount)
        if let allowance = pacer?.allowance(nowNanoseconds: now) { room = min(room, allowance) }
        var count = 0
        while count < room, let question = pending ?? picker.next() {
            pending = question
            guard queue(question, nowNanoseconds: now) else { break }
            pending = nil
            count += 1
        }
        if count < room, pending == nil { isExhausted = true }
        guard count > 0 else { return 0 }
        pacer?.use(count)
        tally.sent += UInt64(count)
        tally.unsent += UInt64(carrier.flush())
        return count
    }

    private mutating func queue(_ question: Int, nowNanoseconds: UInt64) -> Bool {
        guard carrier.hasRoom, let requestID = table.add(question: question, nowNanoseconds: nowNanoseconds) else {
            return false
        }
        let message = questions.message(of: question)
        return withUnsafeTemporaryAllocation(byteCount: Envelope.byteCount, alignment: 4) { envelope in
            Self.writeEnvelope(requestID: requestID, messageByteCount: message.count, to: envelope)
            return carrier.queue(envelope: UnsafeRawBufferPointer(envelope), message: message)
        }
    }

    /// Version 2.11 in and suggested, no session, packet 0 (wire.md §3).
    private static func writeEnvelope(
        requestID: UInt32,
        messageByteCount: Int,
        to envelope: UnsafeMutableRawBufferPointer
    ) {
        envelope.storeBytes(of: UInt32(0x020B_020B).bigEndian, as: UInt32.self)
        envelope.storeBytes(of: 0, toByteOffset: 4, as: UInt32.self)
        envelope.storeBytes(of: requestID.bigEndian, toByteOffset: 8, as: UInt32.self)
        envelope.storeBytes(of: 0, toByteOffset: 12, as: UInt32.self)
        let length = UInt32(truncatingIfNeeded: messageByteCount)
        envelope.storeBytes(of: length.bigEndian, toByteOffset: 16, as: UInt32.self)
    }

    private mutating func receive() -> Int {
        carrier.receive { packet, now in take(packet, nowNanoseconds: now) }
    }

    /// Puts what came into its one column.
    private mutating func take(_ packet: RawSpan, nowNanoseconds: UInt64) {
        var reader = WireReader(packet)
        guard let envelope = try? Envelope(anyLengthFrom: &reader) else {
            tally.unexpected += 1
            return
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
        switch table.take(requestID) {
        case .unknown: tally.unexpected += 1
        case .late: tally.late += 1
        case .duplicate: tally.duplicate += 1
        case .waiting(let question, let sent):
            lastActivity = nowNanoseconds
            tally.note(latencyNanoseconds: nowNanoseconds &- sent)
            guard let fault = AnswerReader.fault(in: message, question: question, of: questions) else {
                tally.right += 1
                return
            }
            tally.note(fault, identifier: questions.identifier(of: question), packet: [UInt8](message))
        }
    }
}
