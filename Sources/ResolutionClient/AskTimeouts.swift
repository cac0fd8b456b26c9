/// How long an asker waits, in milliseconds.
package struct AskTimeouts: Hashable, Sendable {
    /// After each sending over UDP; as many sendings as there are waits (wire.md §9).
    package var udpWaits: [Int]
    /// For a connection to be made.
    package var connect: Int
    /// For TLS to be agreed on, once there is a connection.
    package var handshake: Int
    /// For the whole of an answer over a connection, or for the next answer where many are under way.
    package var answer: Int

    /// The protocol's waits over UDP, five seconds to connect and as many for TLS, ten for an answer.
    package init(
        udpWaits: [Int] = [500, 1_000, 1_500],
        connect: Int = 5_000,
        handshake: Int = 5_000,
        answer: Int = 10_000
    ) {
        self.udpWaits = udpWaits
        self.connect = connect
        self.handshake = handshake
        self.answer = answer
    }
}
