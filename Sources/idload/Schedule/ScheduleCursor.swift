/// Goes through a schedule, or a thread's share of it, from its first question to its last: the planned time of each in
/// constant time.
///
/// Not to be copied, as copies would count references to the schedule's stretches.
struct ScheduleCursor: ~Copyable {
    private var schedule: Schedule
    private let share: ThreadShare
    /// Questions of the share.
    private(set) var count: UInt64
    private var stretch: Stretch
    private var stretchNumber = 0
    /// The question of the share that comes next; `count` after the last.
    private(set) var position: UInt64 = 0
    /// When it is due, in nanoseconds from the run's start; never before the one before it.
    private(set) var nextNanoseconds: UInt64 = 0

    init(_ schedule: Schedule, share: ThreadShare = .whole) {
        self.schedule = schedule
        self.share = share
        count = share.ownCount(amongFirst: schedule.count)
        stretch = schedule.stretches[0]
        settle()
    }

    var isAtEnd: Bool { position >= count }

    /// On to the question after this one.
    mutating func advance() {
        position += 1
        settle()
    }

    /// On to question `number` of the share, which is not before this one.
    mutating func skip(to number: UInt64) {
        position = max(position, min(number, count))
        settle()
    }

    /// Goes on with another plan, whose times are the same up to the questions that come next.
    mutating func follow(_ schedule: Schedule) {
        self.schedule = schedule
        count = share.ownCount(amongFirst: schedule.count)
        stretchNumber = 0
        stretch = schedule.stretches[0]
        // The next question may now be due before the time that it had.
        nextNanoseconds = 0
        settle()
    }

    private mutating func settle() {
        let place = share.place(ofOwn: position)
        while Double(place) >= stretch.end, stretchNumber + 1 < schedule.stretches.count {
            stretchNumber += 1
            stretch = schedule.stretches[stretchNumber]
        }
        // The last digit of a root may step back.
        nextNanoseconds = max(nextNanoseconds, UInt64(stretch.nanoseconds(of: place)))
    }
}
