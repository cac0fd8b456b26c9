internal import EventLoop
internal import Resolution

/// A request that waits for what others are asked, as its worker keeps it until then.
struct RecursionTicket: Sendable {
    /// How its answer goes back.
    enum Way: Sendable {
        /// To the connection with this number.
        case stream(connection: UInt64)
        /// To the sender of a datagram, from the worker's listener of this number.
        case datagram(listener: Int, DatagramReturn)
    }

    /// The whole message.
    let bytes: [UInt8]
    /// The request as the responder has read it, its offset counted in `bytes`.
    let slot: RequestSlot
    /// When it came.
    let received: BatchTime
    let way: Way
    /// Whether the worker has an answer to it that is no longer fresh.
    let hasStale: Bool
    /// Holds its bytes among those that may be held for askers.
    let place: any Sendable
}

/// What came of a question, on its way to a worker.
struct RecursionDelivery: Sendable {
    let outcome: RecursionOutcome
    /// The worker's requests that it answers; none where it is for the cache alone.
    let tickets: [RecursionTicket]
}

/// A question of another thread than a worker's: it gets what was found, and keeps nothing.
struct RecursionInquiry: Sendable {
    let question: RecursionQuestion
    /// Called once: on the recursion thread, or by who asks where there is no room for the question.
    let then: @Sendable (RecursionOutcome) -> Void
}

/// A question of a worker to the recursion thread.
struct RecursionRequest: Sendable {
    let question: RecursionQuestion
    /// The request that waits; nil: the worker wants its cache refreshed.
    let ticket: RecursionTicket?
    /// Number of the worker, and where its answers go.
    let worker: Int
    let answers: Mailbox<LateAnswer>
}
