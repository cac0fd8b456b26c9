/// What asking a question took, step by step; for whoever wants to see where the time went.
///
/// As many steps as there are sendings over UDP, and two more for a connection: what only goes on waiting belongs to
/// the step before. All times are in nanoseconds.
package struct AskTrace: Sendable {
    /// What was done.
    package enum Action: Hashable, Sendable {
        /// Datagrams were sent over UDP.
        case send(datagramCount: Int)
        /// A connection was asked for.
        case connect
        /// Bytes were written to the connection.
        case write(byteCount: Int)
    }

    /// What the wait for it ended with.
    package enum Outcome: Hashable, Sendable {
        /// Something came from the server.
        case arrived
        /// The connection was made.
        case connected
        /// The wait was over.
        case timedOut
        /// The server ended the connection.
        case ended
        /// A system call failed.
        case failed(AskFailure)
    }

    /// Something that was done, and what came of it.
    package struct Step: Hashable, Sendable {
        /// What.
        package let action: Action
        /// When, after the first step's beginning.
        package let startNanoseconds: UInt64
        /// How long it took until its outcome.
        package fileprivate(set) var nanoseconds: UInt64 = 0
        /// What came of it.
        package fileprivate(set) var outcome = Outcome.timedOut
        /// How many datagrams, or pieces of a stream, came meanwhile; those of other requests too.
        package fileprivate(set) var arrivalCount = 0
    }

    /// The steps so far.
    package private(set) var steps: [Step] = []
    /// Reading and checking what came.
    package private(set) var checkingNanoseconds: UInt64 = 0
    /// From the first step's beginning to the end of the last.
    package private(set) var nanoseconds: UInt64 = 0
    private let start: UInt64
    private var arrival: UInt64?

    /// A trace that begins at `now` of the monotonic clock.
    package init(now: UInt64) {
        start = now
    }

    /// How often the question was sent over UDP.
    package var sendingCount: Int {
        steps.count { if case .send = $0.action { true } else { false } }
    }

    /// The exchange has said at `now` what to do.
    mutating func note(_ step: Exchange.Step, now: UInt64) {
        if let arrival { checkingNanoseconds += now &- arrival }
        arrival = nil
        nanoseconds = now &- start
        let action: Action
        switch step {
        case .send(let datagrams, _): action = .send(datagramCount: datagrams.count)
        case .connect: action = .connect
        case .write(let bytes, _): action = .write(byteCount: bytes.count)
        case .wait, .answer, .fail: return
        }
        steps.append(Step(action: action, startNanoseconds: now &- start))
    }

    /// That has ended with `event` at `now`.
    mutating func note(_ event: Exchange.Event, now: UInt64) {
        guard !steps.isEmpty else { return }
        let last = steps.count - 1
        steps[last].nanoseconds = now &- start &- steps[last].startNanoseconds
        switch event {
        case .datagram, .bytes:
            steps[last].outcome = .arrived
            steps[last].arrivalCount += 1
            arrival = now
        case .connected: steps[last].outcome = .connected
        case .ended: steps[last].outcome = .ended
        case .failed(let code): steps[last].outcome = .failed(AskFailure(errno: code))
        case .broken(let failure): steps[last].outcome = .failed(failure)
        case .timedOut, .started: steps[last].outcome = .timedOut
        }
    }
}
