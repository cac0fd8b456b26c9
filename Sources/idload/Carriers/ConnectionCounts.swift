/// What became of a carrier's connections since it was opened.
struct ConnectionCounts: Sendable, Hashable {
    /// Were made; with TLS: have shaken hands.
    var made: UInt64 = 0
    /// Were open, and ended under us.
    var ended: UInt64 = 0
    /// Could not be made.
    var failed: UInt64 = 0
    /// Of these: because the system had no local port left.
    var withoutPort: UInt64 = 0

    /// Adds those of other connections.
    mutating func add(_ other: ConnectionCounts) {
        made += other.made
        ended += other.ended
        failed += other.failed
        withoutPort += other.withoutPort
    }
}
