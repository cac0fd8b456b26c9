package import EventLoop
internal import Glibc
package import Resolution
internal import Synchronization

/// The one thread for what takes over 50 µs: signatures, key exchanges, keys derived from secrets. What it is asked
/// waits in a bounded queue.
package final class KeyThread: KeyWork {
    private struct Job: Sendable {
        let work: @Sendable () -> AdministrationStep
    }

    /// The most jobs that wait.
    package static let jobCountMax = 1_024

    private let mailbox: Mailbox<Order>
    private let thread: NamedThread
    /// Has a step run on administration's thread.
    private let post: @Sendable (@escaping AdministrationStep) -> Void

    private enum Order: Sendable {
        case work(Job)
        case end
    }

    /// Starts the thread; results go to `post`.
    package init(post: @escaping @Sendable (@escaping AdministrationStep) -> Void) throws(EventLoopError) {
        self.post = post
        let started = ThreadStart<Mailbox<Order>>()
        thread = try NamedThread(name: "keys") {
            started.run { loop throws(EventLoopError) in
                let end = LoopEnd()
                let mailbox = try Mailbox<Order>(on: loop, capacity: Self.jobCountMax) { order in
                    switch order {
                    case .work(let job): post(job.work())
                    case .end: end.mailbox?.close()
                    }
                }
                end.mailbox = mailbox
                return mailbox
            }
        }
        mailbox = try started.wait(named: "keys")
    }

    /// Breaks the circle between the mailbox and what it runs.
    private final class LoopEnd {
        var mailbox: Mailbox<Order>?
    }

    package func run(_ work: @escaping @Sendable () -> AdministrationStep) -> Bool {
        mailbox.post(.work(Job(work: work)))
    }

    /// Jobs that wait.
    package var waitingCount: Int { mailbox.waitingCount }

    /// Jobs that found no room.
    package var refusedCount: UInt64 { mailbox.refusedCount }

    /// Does what waits, and ends.
    package func stop() {
        // While the queue is full there is work whose end is awaited.
        while !mailbox.post(.end) { sched_yield() }
        thread.join()
    }
}
