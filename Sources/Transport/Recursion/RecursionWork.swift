internal import Resolution

/// A question under way, and who waits for it. Lives on the recursion thread.
final class RecursionWork {
    let question: RecursionQuestion
    var recursion: Recursion
    let startNanoseconds: UInt64
    /// Requests that wait, by worker.
    private(set) var waiters: [Int: [RecursionTicket]] = [:]
    private(set) var inquiries: [RecursionInquiry] = []
    private(set) var waiterCount = 0
    /// Whether all who can do with what is no longer fresh have been told to.
    private(set) var hasAnsweredStale = false
    /// Ways to the server at hand that are still to be tried.
    var attempts: ArraySlice<UpstreamAttempt> = []
    /// Whether that server gave an answer that it did not prove.
    var wasUnproven = false

    init(_ question: RecursionQuestion, startNanoseconds: UInt64) {
        self.question = question
        recursion = Recursion(question)
        self.startNanoseconds = startNanoseconds
    }

    func add(_ ticket: RecursionTicket, of worker: Int) {
        waiters[worker, default: []].append(ticket)
        waiterCount += 1
        if ticket.hasStale { hasAnsweredStale = false }
    }

    func add(_ inquiry: RecursionInquiry) {
        inquiries.append(inquiry)
        waiterCount += 1
    }

    /// Takes those who can do with what is no longer fresh, by worker.
    func takeThoseWithStale() -> [Int: [RecursionTicket]] {
        hasAnsweredStale = true
        let taken = waiters.mapValues { $0.filter(\.hasStale) }.filter { !$0.value.isEmpty }
        for (worker, tickets) in taken {
            waiters[worker]?.removeAll(where: \.hasStale)
            waiterCount -= tickets.count
        }
        return taken
    }
}
