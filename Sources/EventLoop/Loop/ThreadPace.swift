internal import CLibUV
internal import Glibc

/// How a thread shares the processors when there are fewer of them than work.
///
/// A thread that has a processor keeps it for some milliseconds by default, however little the one needs that waits
/// for it. Turns are therefore short for all kinds, and the kernel gives a processor to whom it owes most.
package enum ThreadPace: Sendable {
    /// Answers that take microseconds, and for which somebody waits.
    case prompt
    /// Work that takes longer and may wait a little: it gets about a third of what a prompt thread gets, where both
    /// want all, and everything that nobody else wants.
    case patient
    /// Work in pieces of milliseconds, which do not give way: it gets about a twentieth, or it would be owed a long
    /// turn after each short one of a prompt thread.
    case slow

    /// The longest turn, in nanoseconds: the shortest that the kernel takes (Linux from 6.12 on; others take no
    /// notice).
    fileprivate static let turnNanoseconds: UInt64 = 100_000
    private static let niceMax: Int32 = 19

    /// How much nicer the thread is than its process: five steps are a factor of three (sched(7)). A patient one that
    /// was much nicer would be kept waiting while it holds a lock that a prompt one wants, of a mailbox or of the
    /// allocator.
    private var nice: Int32 {
        switch self {
        case .prompt: 0
        case .patient: 5
        case .slow: 13
        }
    }

    /// Has the calling thread go by it. What the system does not allow is done without: it costs time, never an
    /// answer.
    package func adopt() {
        let own = getpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0)
        _ = hanjiang_schedule_thread(min(Self.niceMax, own + nice), Self.turnNanoseconds)
    }
}

/// The present turn of a patient thread, which adopts its pace by it.
package final class ThreadTurn {
    private var began: UInt64

    /// Call on the thread.
    package init() {
        ThreadPace.patient.adopt()
        began = SystemClock.monotonicNanoseconds()
    }

    /// Lets those have the processor who are owed more of it, where the turn is over. To be called between two pieces
    /// of work: left to itself the kernel looks only when somebody wakes, and when its tick comes, up to 4 ms later.
    package func giveWay() {
        // Not more often: the kernel takes a turn that is given up for one that was had.
        guard SystemClock.monotonicNanoseconds() &- began >= ThreadPace.turnNanoseconds else { return }
        sched_yield()
        began = SystemClock.monotonicNanoseconds()
    }
}
