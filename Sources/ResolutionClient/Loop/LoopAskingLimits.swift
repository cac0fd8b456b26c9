/// How much a `LoopAsking` may have under way. Durations in nanoseconds.
package struct LoopAskingLimits: Hashable, Sendable {
    /// Questions that await their answers.
    package var questionCountMax = 4_096
    /// Of these, to one server.
    package var questionsPerServerMax = 256
    /// Bytes of questions, and of answers whose packets have not all come.
    package var heldByteCountMax = 16 << 20
    /// Ports to one server among which each question draws one.
    package var portsPerServer = 16
    /// UDP sockets to all servers.
    package var portCountMax = 512
    /// Questions after which a port is given up for another.
    package var questionsPerPort = 256
    /// Connections to one server, and to all.
    package var connectionsPerServer = 4
    package var connectionCountMax = 128
    /// Unanswered questions on one connection.
    package var questionsPerConnection = 64
    /// How long ports and connections stay that nothing is asked over.
    package var idleNanoseconds: UInt64 = 30_000_000_000
    /// Whether servers that were silent are left alone for a while; who probes them wants to know how they are now.
    package var restsSilentServers = true
    /// Servers of which is known how fast they answer.
    package var serverCountMax = 1_024

    /// The limits of docs/recursion.md.
    package init() {}
}
