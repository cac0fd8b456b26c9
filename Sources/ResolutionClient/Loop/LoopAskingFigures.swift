package import EventLoop

/// What a `LoopAsking` has counted since its start, and what it holds now.
package struct LoopAskingFigures: Equatable, Sendable {
    /// Questions taken; of these answered, and in vain.
    package var askedCount: UInt64 = 0
    package var answeredCount: UInt64 = 0
    package var failedCount: UInt64 = 0
    /// Questions refused because so much was under way, or because their server is left alone.
    package var busyCount: UInt64 = 0
    package var leftAloneCount: UInt64 = 0
    /// Datagrams that answer no question of their port: another RequestId, or one that is answered (case F3).
    package var unmatchedCount: UInt64 = 0
    /// Datagrams with the right RequestId that were not the answer (case F3).
    package var unbelievedCount: UInt64 = 0
    /// Datagrams, connections and answers dropped because they were longer than may be, or went on without end (F4).
    package var overLimitCount: UInt64 = 0
    /// Sendings over UDP beyond a question's first.
    package var repeatedCount: UInt64 = 0
    /// Questions that went on by TCP.
    package var movedToTCPCount: UInt64 = 0
    /// Connections made, or tried.
    package var connectionsMade: UInt64 = 0
    /// Questions under way, and the bytes held for them.
    package var underWayCount = 0
    package var heldByteCount = 0
    /// Open ports and connections.
    package var portCount = 0
    package var connectionCount = 0
    /// Servers that are known.
    package var serverCount = 0

    package init() {}
}

/// A server as it stands now; times in nanoseconds.
package struct ServerState: Equatable, Sendable {
    /// Who.
    package let server: SocketAddress
    /// Smoothed time from question to answer; nil: it never answered.
    package let roundTripNanoseconds: UInt64?
    /// How long ago it answered; nil: it never did.
    package let answeredNanosecondsAgo: UInt64?
    /// For how long it has been silent; nil: it answers.
    package let silentNanoseconds: UInt64?
    /// Questions under way to it.
    package let underWayCount: Int
}
