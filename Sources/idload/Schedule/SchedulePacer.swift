/// Says which questions of an open loop are to go out now, and leaves out those that the generator is too late for.
///
/// After a stall of ours the plan is not exceeded: a question that is over 10 ms late, and whose successor is due as
/// well, is left out and counted, unless everything is to be caught up. What 10 ms hold may be sent at once: that is
/// within 1 % of the plan of any second.
struct SchedulePacer: ~Copyable {
    static let latenessNanosecondsMax: UInt64 = 10_000_000

    private var schedule: Schedule
    private let catchesUp: Bool
    private let share: ThreadShare
    /// The first question of the share that is part of the result.
    private var measuredFirst: UInt64
    private let atOnceCount: UInt64
    private var cursor: ScheduleCursor
    /// Questions of the result that were left out.
    private(set) var notSentCount: UInt64 = 0
    /// The same with those of the warm-up.
    private(set) var allNotSentCount: UInt64 = 0
    /// The most questions of the result that were due and had not been sent, beside those of a burst.
    private(set) var backlogMax: UInt64 = 0

    init(_ schedule: Schedule, catchesUp: Bool, share: ThreadShare = .whole) {
        self.schedule = schedule
        self.share = share
        measuredFirst = share.ownCount(amongFirst: schedule.measuredFirst)
        self.catchesUp = catchesUp
        atOnceCount = if case .burst(let count, _) = schedule.shape { UInt64(count) } else { 0 }
        cursor = ScheduleCursor(schedule, share: share)
    }

    /// Goes on with a changed plan.
    mutating func follow(_ schedule: Schedule) {
        self.schedule = schedule
        measuredFirst = share.ownCount(amongFirst: schedule.measuredFirst)
        cursor.follow(schedule)
    }

    /// Whether all questions were sent or left out.
    var isAtEnd: Bool { cursor.isAtEnd }

    /// When the next question is due, in nanoseconds from the run's start.
    var nextNanoseconds: UInt64 { cursor.nextNanoseconds }

    /// Looks at the time: measures the backlog, and leaves out what comes too late. Call it before the questions of a
    /// batch are taken.
    mutating func look(elapsedNanoseconds now: UInt64) {
        guard !isAtEnd, cursor.nextNanoseconds <= now else { return }
        let due = plannedCount(elapsedNanoseconds: now)
        let firstMeasured = max(cursor.position, measuredFirst)
        // What is planned at once is no backlog yet.
        let waiting = due - min(due, firstMeasured + atOnceCount)
        backlogMax = max(backlogMax, waiting)
        guard !catchesUp, now > Self.latenessNanosecondsMax else { return }
        let late = plannedCount(elapsedNanoseconds: now - Self.latenessNanosecondsMax)
        // The last of the late ones goes out where nothing has come due since.
        let next = late < due || late == 0 ? late : late - 1
        guard next > cursor.position else { return }
        allNotSentCount += next - cursor.position
        if next > firstMeasured { notSentCount += next - firstMeasured }
        cursor.skip(to: next)
    }

    /// The next question goes out.
    mutating func advance() { cursor.advance() }

    /// How many questions of the share are planned up to a time.
    func plannedCount(elapsedNanoseconds now: UInt64) -> UInt64 {
        share.ownCount(amongFirst: schedule.plannedCount(through: now))
    }
}
