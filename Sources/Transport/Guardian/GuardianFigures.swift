package import Resolution

/// What a `GuardianThread` knows and has counted, as of a moment ago.
package struct GuardianFigures: Sendable {
    /// What it goes by.
    package var settings = GuardianSettings()
    /// Probes that were sent; what came of them.
    package var probeCount: UInt64 = 0
    package var answeredCount: UInt64 = 0
    package var failedCount: UInt64 = 0
    package var untoldCount: UInt64 = 0
    /// Events that were recorded since the start, by kind.
    package var eventCounts: [GuardianEvent.Kind: UInt64] = [:]
    /// Events that wait to be recorded, and attempts to do so that failed.
    package var unrecordedCount = 0
    package var recordFailureCount: UInt64 = 0
    /// Why the last attempt failed; nil: it did not.
    package var recordFailure: String?
    /// Addresses that are watched, by how they stand.
    package var counts: [AddressStanding.State: Int] = [:]
    /// Addresses beyond the bound.
    package var unwatchedCount = 0
    /// Probes under way.
    package var underWayCount = 0
    /// Sites that referrals leave out where they have another one.
    package var silentSiteCount = 0
    /// Whether nobody of many answers.
    package var isIsolated = false
    /// Times that the delegations could not be read.
    package var unreadableCount: UInt64 = 0

    package init() {}
}
