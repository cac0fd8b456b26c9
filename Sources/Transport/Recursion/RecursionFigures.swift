package import ResolutionClient

/// What a `RecursionThread` has counted since its start, and what it holds.
package struct RecursionFigures: Equatable, Sendable {
    /// Questions that were begun; requests that found theirs under way already.
    package var questionCount: UInt64 = 0
    package var joinedCount: UInt64 = 0
    /// Questions begun because an answer that is much asked for was about to end.
    package var prefetchCount: UInt64 = 0
    /// What came of questions: values, none, a site that has to be asked by the asker, a refusal, nothing.
    package var foundCount: UInt64 = 0
    package var notFoundCount: UInt64 = 0
    package var referralCount: UInt64 = 0
    package var refusedCount: UInt64 = 0
    package var failedCount: UInt64 = 0
    /// Questions that ended because their time was over.
    package var timedOutCount: UInt64 = 0
    /// Requests for which there was no room among those that wait.
    package var busyCount: UInt64 = 0
    /// Requests that were told to do with an answer that is no longer fresh.
    package var staleCount: UInt64 = 0
    /// Answers of other nodes that were not believed, as what should prove them was wrong or missing.
    package var unprovenCount: UInt64 = 0
    /// Questions to other nodes; `upstream` has what became of them.
    package var askCount: UInt64 = 0
    /// Questions under way, those who wait for them, and the bytes of their requests.
    package var openCount = 0
    package var waiterCount = 0
    package var heldByteCount = 0
    /// Prefixes whose routes are remembered.
    package var routeCount = 0
    /// Site records that were not believed as they were older than the one known (reliability case F2).
    package var olderSiteCount: UInt64 = 0
    /// What came of the questions to other nodes.
    package var upstream = LoopAskingFigures()
    /// The servers of other nodes that are known.
    package var servers: [ServerState] = []

    package init() {}
}
