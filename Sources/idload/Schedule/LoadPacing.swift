/// When the next question goes out: by a schedule, or when one of those under way has ended.
struct LoadPacing: ~Copyable {
    private let startNanoseconds: UInt64
    private let isOpen: Bool
    /// Whether the rate of an open loop may be changed while it goes on.
    private let isChangeable: Bool
    /// Of an open loop; a closed one has an empty schedule.
    private var schedule: SchedulePacer
    /// Of a closed loop.
    private var rate: Pacer?
    private let outstandingMax: Int
    /// Of a closed loop, how many may go out at this look.
    private var allowance = 0

    init(
        _ loop: LoadPlan.Loop,
        startNanoseconds: UInt64,
        share: ThreadShare = .whole,
        isChangeable: Bool = false
    ) {
        self.startNanoseconds = startNanoseconds
        self.isChangeable = isChangeable
        switch loop {
        case .open(let schedule, let catchesUp):
            isOpen = true
            self.schedule = SchedulePacer(schedule, catchesUp: catchesUp, share: share)
            outstandingMax = 0
        case .closed(let outstanding, let ratePerSecondMax, _, _):
            isOpen = false
            schedule = SchedulePacer(Schedule(.constant(0), seconds: 0), catchesUp: false)
            outstandingMax = share.part(of: outstanding)
            rate = ratePerSecondMax.map { rate in
                Pacer(ratePerSecond: rate / Double(share.count), startNanoseconds: startNanoseconds)
            }
        }
    }

    /// Whether nothing is to be sent any more. An open loop ends with its last question, a closed one with its time,
    /// and so does one that may be given further questions until then.
    func isAtEnd(_ now: UInt64, end: UInt64) -> Bool {
        isOpen ? schedule.isAtEnd && (!isChangeable || now >= end) : now >= end
    }

    /// Goes on with a changed schedule; of an open loop.
    mutating func follow(_ changed: Schedule) { schedule.follow(changed) }

    /// Looks at the time, once a batch. An open loop does not ask for room: what a carrier cannot take is lost.
    mutating func look(nowNanoseconds now: UInt64, waitingCount: Int, room: Int) {
        guard !isOpen else { return schedule.look(elapsedNanoseconds: now &- startNanoseconds) }
        allowance = min(room, max(0, outstandingMax - waitingCount))
        if let allowed = rate?.allowance(nowNanoseconds: now) { allowance = min(allowance, allowed) }
    }

    /// When the next question was to go out, if it is due; nil: none is.
    func nextDue(nowNanoseconds now: UInt64) -> UInt64? {
        guard isOpen else { return allowance > 0 ? now : nil }
        guard !schedule.isAtEnd else { return nil }
        let planned = startNanoseconds &+ schedule.nextNanoseconds
        return planned <= now ? planned : nil
    }

    /// It went out.
    mutating func take() {
        guard !isOpen else { return schedule.advance() }
        allowance -= 1
        rate?.use(1)
    }

    /// When the next question is due; nil: nobody knows, or there is none.
    var nextNanoseconds: UInt64? {
        guard isOpen, !schedule.isAtEnd else { return nil }
        return startNanoseconds &+ schedule.nextNanoseconds
    }

    /// How many questions were planned up to a time; nil: a closed loop.
    func plannedCount(nowNanoseconds now: UInt64) -> UInt64? {
        isOpen ? schedule.plannedCount(elapsedNanoseconds: now &- startNanoseconds) : nil
    }

    /// Questions that were left out: in the measured part, and at all.
    var notSentCount: UInt64 { schedule.notSentCount }
    var allNotSentCount: UInt64 { schedule.allNotSentCount }
    /// The most questions that were due and unsent at a time of the measured part.
    var backlogMax: UInt64 { schedule.backlogMax }
}
