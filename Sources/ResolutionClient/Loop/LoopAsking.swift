internal import Authentication
internal import Cryptography
package import EventLoop
package import ResolutionProtocol

/// Asks many servers many questions at once on one loop, without waiting for any (wire.md §§8–10).
///
/// Each question is an `Exchange`: UDP after 0.5, 1 and 1.5 s, then TCP. RequestIds and ports are drawn at random, and
/// an answer must come to the port of its question, from its server, with its RequestId, operation and identifier; what
/// does not is counted and ends no wait (reliability case F3). Questions, bytes, ports and connections are bounded
/// (F4), and servers that are silent are left alone for a while (F1). Use it on the loop's thread only.
package final class LoopAsking {
    /// What a question came to.
    package typealias Outcome = Result<Message, AskFailure>

    /// Messages over a connection that answer nothing, after which it is ended.
    static let strayCountMax = 64

    let limits: LoopAskingLimits
    private let timeouts: AskTimeouts
    private let clock: () -> UInt64
    let place: LoopPlace
    var questions: [UInt32: LoopQuestion] = [:]
    private var countByServer: [SocketAddress: Int] = [:]
    var ports: LoopPorts
    var connections: LoopConnections
    /// How servers have answered.
    package internal(set) var servers: ServerTable
    var counted = LoopAskingFigures()
    private var heldByteCount = 0
    private var deadlines = Deadlines()
    private var timer: LoopTimer?
    private var sweepTimer: LoopTimer?
    private var timerIsSetFor = UInt64.max

    /// Asks on `loop`, which must run on for a turn after `close()`. `clock` tells monotonic nanoseconds.
    package init(
        on loop: borrowing EventLoop,
        limits: LoopAskingLimits = LoopAskingLimits(),
        timeouts: AskTimeouts = AskTimeouts(),
        clock: @escaping () -> UInt64 = { SystemClock.monotonicNanoseconds() }
    ) throws(EventLoopError) {
        self.limits = limits
        self.timeouts = timeouts
        self.clock = clock
        place = loop.place()
        ports = LoopPorts(limits: limits)
        connections = LoopConnections(limits: limits)
        servers = ServerTable(countMax: limits.serverCountMax)
        timer = try LoopTimer(on: loop) { [unowned self] in expire() }
        sweepTimer = try LoopTimer(on: loop) { [unowned self] in sweep() }
        sweepTimer?.start(afterMilliseconds: 1_000, repeatMilliseconds: 1_000)
    }

    /// Asks `server`; its RequestId is drawn here. `then` is called once, with the answer, which may say no, or with
    /// why there is none; where nothing can be asked, before this returns. Where `signer` is given, a public key in the
    /// form of data-model.md §6.1, only an answer that it has signed will do.
    package func ask(
        _ request: Message,
        at server: SocketAddress,
        over transport: AskTransport = .automatic,
        signer: [UInt8]? = nil,
        then: @escaping (Outcome) -> Void
    ) {
        var request = request
        let byteCount = request.wire.count
        guard questions.count < limits.questionCountMax,
            countByServer[server, default: 0] < limits.questionsPerServerMax,
            heldByteCount + byteCount <= limits.heldByteCountMax, timer != nil
        else {
            counted.busyCount += 1
            return then(.failure(.busy))
        }
        let key = signer.flatMap { try? PublicKey.registered($0) }
        guard signer == nil || key != nil else { return then(.failure(.noSiteKey)) }
        let admission = limits.restsSilentServers ? servers.admit(server, now: now) : .free
        if case .leftAlone(let nanoseconds) = admission {
            counted.leftAloneCount += 1
            return then(.failure(.leftAlone(milliseconds: Int(nanoseconds / 1_000_000))))
        }
        repeat { request.envelope.requestID = RequestID.random() } while questions[request.envelope.requestID] != nil
        let question = LoopQuestion(
            id: request.envelope.requestID,
            server: server,
            exchange: Exchange(
                request: request,
                transport: transport,
                timeouts: timeouts,
                isWary: true,
                signer: key
            ),
            startNanoseconds: now,
            isTrial: admission == .trial,
            heldByteCount: byteCount,
            then: then
        )
        counted.askedCount += 1
        heldByteCount += byteCount
        countByServer[server, default: 0] += 1
        questions[question.id] = question
        advance(question, .started)
    }

    /// What has been counted, and what is held now.
    package var figures: LoopAskingFigures {
        var figures = counted
        figures.underWayCount = questions.count
        figures.heldByteCount = heldByteCount
        figures.portCount = ports.count
        figures.connectionCount = connections.count
        figures.serverCount = servers.count
        return figures
    }

    /// The servers that are known, as they stand now.
    package var states: [ServerState] {
        let now = self.now
        return servers.all.map { server, entry in
            ServerState(
                server: server,
                roundTripNanoseconds: entry.roundTripNanoseconds,
                answeredNanosecondsAgo: entry.answeredNanoseconds.map { now &- $0 },
                silentNanoseconds: entry.silentSince.map { now &- $0 },
                underWayCount: countByServer[server, default: 0]
            )
        }
    }

    /// What asking `server` is thought to cost, in nanoseconds; a silent one costs a minute more.
    package func cost(of server: SocketAddress) -> UInt64 { servers.cost(of: server, now: now) }

    /// Ends: what is under way has failed, and nothing more is taken.
    package func close() {
        timer?.close()
        timer = nil
        sweepTimer?.close()
        sweepTimer = nil
        for connection in connections.removeAll() { connection.close() }
        ports.closeAll()
        for question in Array(questions.values) { finish(question, .failure(.connectionEnded)) }
    }

    var now: UInt64 { clock() }

    /// Tells the question's exchange what happened, and does what it says.
    func advance(_ question: LoopQuestion, _ event: Exchange.Event) {
        let seconds = UInt32(truncatingIfNeeded: SystemClock.coarseRealtimeSeconds())
        let unbelieved = question.exchange.unbelievedCount
        let step = question.exchange.advance(event, nowSeconds: seconds)
        counted.unbelievedCount += UInt64(question.exchange.unbelievedCount - unbelieved)
        perform(step, of: question)
    }

    private func perform(_ step: Exchange.Step, of question: LoopQuestion) {
        switch step {
        case .wait: break
        case .send(let datagrams, let milliseconds):
            wait(question, milliseconds)
            send(datagrams, of: question)
        case .connect(let milliseconds):
            wait(question, milliseconds)
            connect(question)
        case .write(let bytes, let milliseconds):
            wait(question, milliseconds)
            question.connection?.send(bytes)
        case .answer(let message): finish(question, .success(message))
        case .fail(let failure): finish(question, .failure(failure))
        }
    }

    /// Whether `byteCount` more bytes may be held for `question`; holds them.
    func hold(_ byteCount: Int, for question: LoopQuestion) -> Bool {
        guard heldByteCount + byteCount <= limits.heldByteCountMax else { return false }
        heldByteCount += byteCount
        question.heldByteCount += byteCount
        return true
    }

    private func wait(_ question: LoopQuestion, _ milliseconds: Int) {
        question.deadline = now &+ UInt64(max(0, milliseconds)) &* 1_000_000
        deadlines.add(question.id, at: question.deadline, liveCount: questions.count, isStale: isStale)
        setTimer()
    }

    private func isStale(_ id: UInt32, _ nanoseconds: UInt64) -> Bool { questions[id]?.deadline != nanoseconds }

    private func setTimer() {
        guard let earliest = deadlines.earliest, earliest < timerIsSetFor else { return }
        timerIsSetFor = earliest
        let now = self.now
        timer?.start(afterMilliseconds: earliest > now ? (earliest - now + 999_999) / 1_000_000 : 0)
    }

    private func expire() {
        timerIsSetFor = .max
        while let due = deadlines.takeDue(now: now) {
            guard let question = questions[due.id], question.deadline == due.nanoseconds else { continue }
            advance(question, .timedOut)
        }
        setTimer()
    }

    private func sweep() {
        ports.closeIdle(now: now)
        for connection in connections.idle(now: now) { end(connection) }
    }

    /// Ends a question in vain.
    func fail(_ question: LoopQuestion, _ failure: AskFailure) { finish(question, .failure(failure)) }

    private func finish(_ question: LoopQuestion, _ outcome: Outcome) {
        guard questions.removeValue(forKey: question.id) != nil else { return }
        leavePort(of: question)
        leaveConnection(of: question)
        heldByteCount -= question.heldByteCount
        let left = countByServer[question.server, default: 1] - 1
        countByServer[question.server] = left > 0 ? left : nil
        note(outcome, of: question)
        question.then(outcome)
    }

    private func note(_ outcome: Outcome, of question: LoopQuestion) {
        switch outcome {
        case .success: counted.answeredCount += 1
        case .failure: counted.failedCount += 1
        }
        if case .failure(let failure) = outcome, failure.isUnreachable {
            guard !failure.isOwnShortage else { return }
            let draw = UInt64.random(in: 0 ... .max)
            servers.noteSilence(of: question.server, isTrial: question.isTrial, now: now, draw: draw)
        } else {
            let nanoseconds = now &- question.startNanoseconds
            servers.noteAnswer(of: question.server, roundTripNanoseconds: nanoseconds, now: now)
        }
    }
}
