/// What the route guardian goes by.
package struct GuardianSettings: Hashable, Sendable {
    /// Whether anything is probed.
    package var isEnabled = true
    /// From one probe of an address to the next, in nanoseconds; a quarter of it while the address is in doubt.
    package var intervalNanoseconds: UInt64 = 30_000_000_000
    /// Probes in a row without an answer, after which an address is dead.
    package var failureCountMax = 3
    /// Probes in a row with an answer, after which a dead address lives.
    package var successCountMin = 2
    /// Addresses that are probed; those beyond are not, and are given out as if they lived.
    package var addressCountMax = 4_096
    /// Probes under way at the same time.
    package var underWayCountMax = 64
    /// From so many watched servers on, none of which answers, the fault is taken to lie with this node.
    package var isolationCountMin = 8

    /// The defaults of conf/node.toml.
    package init() {}

    /// How long it is to the next probe: up to a quarter less than `nanoseconds` by `draw`, a random number, so that
    /// nodes and addresses do not fall into step.
    static func jittered(_ nanoseconds: UInt64, draw: UInt64) -> UInt64 {
        nanoseconds - draw % (nanoseconds / 4 + 1)
    }
}
