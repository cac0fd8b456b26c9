internal import Console
internal import EventLoop
internal import ResolutionClient

/// A run, or one thread's part of it: sends what the pacing says is due to the channel whose turn it is, and receives.
///
/// The clock is looked at once a batch.
struct LoadEngine: ~Copyable {
    /// The longest wait while there is something to look after.
    private static let waitNanosecondsMax: UInt64 = 1_000_000

    private let plan: LoadPlan
    private let threadCount: Int
    private let askedCountMax: UInt64
    private let channels: ChannelSet
    private let clock: any LoadClock
    private let start: UInt64
    private let measuredFrom: UInt64
    private var picker: QuestionPicker
    /// This thread's part of a file that is read while the run goes on.
    private var window: QuestionWindow?
    private var pacing: LoadPacing
    private var watch: GeneratorWatch
    private var sockets = SocketWatch()
    private var pause: BatchPause
    /// Whether the last identifier was asked for.
    private var isExhausted = false
    private var askedCount: UInt64 = 0
    /// Changes of the rate that were taken over.
    private var changeCount = 0

    /// The run begins when all memory has been taken, which is some milliseconds' work: at the time that `begin` says,
    /// or at once.
    init(
        plan: LoadPlan,
        questions: QuestionSet,
        carriers: [any LoadCarrier],
        clock: any LoadClock = MachineClock(),
        share: ThreadShare = .whole,
        begin: (() -> UInt64)? = nil
    ) {
        self.plan = plan
        threadCount = share.count
        askedCountMax = plan.questionCountMax.map { share.ownCount(amongFirst: $0) } ?? .max
        self.clock = clock
        var own = questions
        if let stream = questions.stream {
            let window = QuestionWindow(stream, timeoutNanoseconds: plan.timeoutNanoseconds)
            own = QuestionSet(questions, slots: window.slots)
            self.window = consume window
        } else {
            window = nil
        }
        channels = ChannelSet(plan: plan, questions: own, carriers: carriers)
        picker = QuestionPicker(
            knownCount: questions.knownCount,
            missingCount: questions.missingCount,
            plan: plan,
            share: share
        )
        start = begin?() ?? clock.nanoseconds()
        pause = BatchPause(startNanoseconds: start, processorNanoseconds: clock.processorNanoseconds())
        measuredFrom = start &+ UInt64(plan.warmupSeconds * 1e9)
        channels.begin(measuredFromNanoseconds: measuredFrom)
        plan.rateChanges?.begin(atNanoseconds: start)
        pacing = LoadPacing(
            plan.loop,
            startNanoseconds: start,
            share: share,
            isChangeable: plan.rateChanges != nil
        )
        watch = GeneratorWatch(
            startNanoseconds: start,
            measuredFromNanoseconds: measuredFrom,
            processorNanoseconds: clock.processorNanoseconds()
        )
    }

    /// Asks until the time is over, the last identifier was asked for, nobody listens, or somebody interrupts; then
    /// waits for the answers still due. `eachSecond` is called about once a second, and with what is left at the end.
    consuming func run(eachSecond: (_ second: LoadSecond) -> Void) -> LoadResult {
        let end = start &+ plan.nanoseconds
        var now = max(start, clock.nanoseconds())
        while true {
            let isSending =
                !isExhausted && askedCount < askedCountMax && !pacing.isAtEnd(now, end: end)
                && !Interruption.isRequested && !plan.stop.isRequested && !channels.isRefused
            if !isSending && channels.waitingCount == 0 { break }
            let sent = isSending ? send(nowNanoseconds: now) : 0
            let received = channels.receive()
            if received == 0 && sent == 0 { wait(isSending: isSending) } else if plan.isOpen { gather() }
            now = clock.nanoseconds()
            // After the clock: whatever is due by then is due by the changed plan.
            followChanges()
            if pause.isOver(now) {
                pause.look(nowNanoseconds: now, processorNanoseconds: clock.processorNanoseconds())
            }
            channels.expire(nowNanoseconds: now)
            if watch.isSecondOver(now) { eachSecond(endSecond(nowNanoseconds: now)) }
        }
        // The rest of a second, so that the seconds add up to the whole.
        let rest = endSecond(nowNanoseconds: now)
        if rest.sent + rest.answered + rest.lost + rest.notSent > 0 { eachSecond(rest) }
        return result(nowNanoseconds: now)
    }

    private mutating func followChanges() {
        guard let changes = plan.rateChanges else { return }
        let count = changes.count
        guard count > changeCount else { return }
        changeCount = count
        pacing.follow(changes.schedule)
    }

    /// Sends a batch to one channel, as far as the pacing allows, and returns how many.
    private mutating func send(nowNanoseconds now: UInt64) -> Int {
        let number = channels.next(withRoom: !plan.isOpen)
        let channel = channels.channel(number)
        pacing.look(
            nowNanoseconds: now,
            waitingCount: plan.isOpen ? 0 : channels.waitingCount,
            room: plan.isOpen ? Int.max : channel.pointee.room
        )
        while channel.pointee.hasPlace, askedCount < askedCountMax, let planned = pacing.nextDue(nowNanoseconds: now) {
            guard let question = nextQuestion(for: channel, nowNanoseconds: now) else { break }
            channel.pointee.add(question, plannedNanoseconds: planned, nowNanoseconds: now)
            pacing.take()
            askedCount += 1
        }
        let count = channel.pointee.send()
        channels.note(count, to: number)
        return count
    }

    /// nil: there is none any more, or none yet.
    private mutating func nextQuestion(for channel: UnsafePointer<Channel>, nowNanoseconds now: UInt64) -> Int? {
        switch next(for: channel, nowNanoseconds: now) {
        case .question(let question): return question
        // What is due and not there is late, by our own doing.
        case .notYet: return nil
        case .end, nil:
            isExhausted = true
            return nil
        }
    }

    private mutating func next(
        for channel: UnsafePointer<Channel>,
        nowNanoseconds now: UInt64
    ) -> QuestionWindow.Next? {
        if channel.pointee.hasOwnQuestions { return channel.pointee.nextOwnQuestion().map { .question($0) } }
        return window == nil ? picker.next().map { .question($0) } : nextOfStream(nowNanoseconds: now)
    }

    private mutating func nextOfStream(nowNanoseconds now: UInt64) -> QuestionWindow.Next? {
        if let missing = picker.nextMissing() { return .question(missing) }
        return window?.next(nowNanoseconds: now)
    }

    private mutating func wait(isSending: Bool) {
        let now = clock.nanoseconds()
        let due = isSending ? pacing.nextNanoseconds ?? UInt64.max : UInt64.max
        guard due > now else { return }
        sockets.removeAll()
        channels.addSockets(to: &sockets)
        clock.wait(nanoseconds: min(due - now, Self.waitNanosecondsMax), on: &sockets)
    }

    /// Lets questions and answers gather for the next turn, unless one that is due has waited for as long already.
    private mutating func gather() {
        guard pause.nanoseconds > 0 else { return }
        let now = clock.nanoseconds()
        if let due = pacing.nextNanoseconds, due + BatchPause.nanosecondsMax <= now { return }
        sockets.removeAll()
        clock.wait(nanoseconds: pause.nanoseconds, on: &sockets)
    }

    private mutating func endSecond(nowNanoseconds now: UInt64) -> LoadSecond {
        var second = channels.takeSecond(isWarmup: watch.isInWarmup)
        let counts = GeneratorWatch.Counts(
            notSent: pacing.allNotSentCount,
            planned: pacing.plannedCount(nowNanoseconds: now)
        )
        watch.endSecond(&second, counts, now, processorNanoseconds: clock.processorNanoseconds())
        if case .closed(_, let rate?, _, _) = plan.loop { second.targetPerSecond = rate / Double(threadCount) }
        return second
    }

    private func result(nowNanoseconds now: UInt64) -> LoadResult {
        var figures = watch.figures(now, processorNanoseconds: clock.processorNanoseconds())
        figures.timerError = channels.timerError
        figures.notSent = pacing.notSentCount
        figures.backlog = pacing.backlogMax
        let results = channels.results
        return LoadResult(
            channels: results,
            seconds: Double(max(1, channels.lastActivityNanoseconds &- measuredFrom)) / 1e9,
            wasInterrupted: Interruption.isRequested,
            wasRefused: channels.isRefused,
            generator: figures
        )
    }
}
