/// What administration has done since the start, and what it holds.
public struct AdministrationFigures: Sendable {
    /// Requests that came here.
    public var requestCount: UInt64 = 0
    /// Challenges sent.
    public var challengesSentCount: UInt64 = 0
    /// Proofs that were right, and wrong.
    public var provenCount: UInt64 = 0
    public var failedProofCount: UInt64 = 0
    /// Connections whose certificates proved who asks.
    public var certifiedCount: UInt64 = 0
    /// Proofs that had to wait, as too many of their address had failed.
    public var delayedProofCount: UInt64 = 0
    /// Proofs by an algorithm that only the configuration's word for old ones allows.
    public var legacyProofCount: UInt64 = 0
    /// Sessions set up.
    public var sessionsSetUpCount: UInt64 = 0
    /// Messages refused for their code or counter.
    public var rejectedMessageCount: UInt64 = 0
    /// Changes that are durable, and refused ones.
    public var changeCount: UInt64 = 0
    public var refusedChangeCount: UInt64 = 0
    /// Repetitions that got the first answer.
    public var repeatCount: UInt64 = 0
    /// Reports of other nodes taken, and those of them that changed nothing.
    public var reportCount: UInt64 = 0
    public var repeatedReportCount: UInt64 = 0
    /// Rows of them that are of a prefix which is not the sender's.
    public var ignoredReportRowCount: UInt64 = 0
    /// Reports that were not taken.
    public var refusedReports = RefusedReports()
    /// Damaged records that were left out of lists.
    public var damagedNameCount: UInt64 = 0
    /// Traces asked for, those there was no room for, and those given up as nobody took their answer.
    public var traceCount: UInt64 = 0
    public var refusedTraceCount: UInt64 = 0
    public var abandonedTraceCount: UInt64 = 0
    /// Identifiers that traces looked for, those of them that other nodes were asked for, and those that the rate of
    /// their source network kept from being looked for.
    public var tracedCount: UInt64 = 0
    public var tracedElsewhereCount: UInt64 = 0
    public var limitedTracedCount: UInt64 = 0
    /// Traces under way.
    public var openTraceCount = 0
    /// Keys of administrators that other nodes keep and were asked for, those of them that could not be had, and those
    /// that are waited for.
    public var remoteKeyCount: UInt64 = 0
    public var failedRemoteKeyCount: UInt64 = 0
    public var remoteKeyWaitCount = 0
    /// Resolutions in sessions or to be signed that other nodes were asked for.
    public var recursedCount: UInt64 = 0
    /// Requests refused as something was full.
    public var busyCount: UInt64 = 0
    /// Open sessions, open challenges, changes under way or waiting for their turn.
    public var sessionCount = 0
    public var challengeCount = 0
    public var waitingCount = 0
    /// Sessions and challenges that had to go to make room.
    public var evictedSessionCount: UInt64 = 0
    public var evictedChallengeCount: UInt64 = 0

    /// Nothing yet.
    public init() {}
}
