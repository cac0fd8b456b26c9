package import EventLoop
internal import Synchronization

/// The one thread for what takes over 50 µs: signatures, key exchanges, keys derived from secrets, steps of TLS
/// handshakes. What it is asked waits in a bounded queue, in which handshakes have places of their own: strangers who
/// begin connections take none from those who prove who they are. A job brings its result where it belongs by itself.
package final class KeyThread: Sendable {
    /// What the thread does; called once.
    package typealias Job = @Sendable () -> Void

    /// The most jobs that wait, of administration and of handshakes.
    package static let jobCountMax = 1_024
    package static let handshakeCountMax = 512

    private enum Order: Sendable {
        case administration(Job)
        case handshake(Job)
        case end
    }

    private let mailbox: Mailbox<Order>
    private let thread: NamedThread
    private let places: Places

    /// How many jobs wait; shared with the thread.
    private final class Places: Sendable {
        let jobs = Atomic<Int>(0)
        let handshakes = Atomic<Int>(0)
        let refused = Atomic<UInt64>(0)
        let hasEnded = Atomic<Bool>(false)
    }

    /// Starts the thread.
    package init() throws(EventLoopError) {
        let started = ThreadStart<Mailbox<Order>>()
        let places = Places()
        self.places = places
        thread = try NamedThread(name: "keys", pace: .slow) {
            started.run { loop throws(EventLoopError) in
                let end = LoopEnd()
                // With room for the end.
                let capacity = Self.jobCountMax + Self.handshakeCountMax + 1
                let mailbox = try Mailbox<Order>(on: loop, capacity: capacity) { Self.obey($0, places, end) }
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

    private static func obey(_ order: Order, _ places: Places, _ end: LoopEnd) {
        switch order {
        case .administration(let job):
            job()
            places.jobs.subtract(1, ordering: .relaxed)
        case .handshake(let job):
            job()
            places.handshakes.subtract(1, ordering: .relaxed)
        case .end: end.mailbox?.close()
        }
    }

    /// Has the thread do `job`; false where it has no room for it.
    package func run(_ job: @escaping Job) -> Bool {
        take(.administration(job), places.jobs.add(1, ordering: .relaxed).newValue <= Self.jobCountMax) {
            $0.jobs.subtract(1, ordering: .relaxed)
        }
    }

    /// Has the thread do `job`, which is a step of a handshake; false where it has no room for another.
    package func runHandshake(_ job: @escaping Job) -> Bool {
        take(.handshake(job), places.handshakes.add(1, ordering: .relaxed).newValue <= Self.handshakeCountMax) {
            $0.handshakes.subtract(1, ordering: .relaxed)
        }
    }

    private func take(_ order: Order, _ hasRoom: Bool, giveBack: (Places) -> Void) -> Bool {
        guard hasRoom, mailbox.post(order) else {
            giveBack(places)
            places.refused.add(1, ordering: .relaxed)
            return false
        }
        return true
    }

    /// Jobs that wait or are being done, handshakes among them.
    package var waitingCount: Int {
        places.jobs.load(ordering: .relaxed) + places.handshakes.load(ordering: .relaxed)
    }

    /// Jobs that found no room.
    package var refusedCount: UInt64 { places.refused.load(ordering: .relaxed) }

    /// Does what waits, and ends.
    package func stop() {
        guard !places.hasEnded.exchange(true, ordering: .relaxed) else { return }
        _ = mailbox.post(.end)
        thread.join()
    }
}
