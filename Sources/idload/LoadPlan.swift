internal import EventLoop

/// What a run does; checked when it is made from the command line.
struct LoadPlan: Sendable {
    /// What carries the questions.
    enum Carrier: String, Sendable, CaseIterable {
        case udp
        case tcp

        /// As people write it.
        var name: String { self == .udp ? "UDP" : "TCP" }
    }

    /// How far an answer is looked at.
    enum Verification: String, Sendable, CaseIterable {
        /// It decodes, and bears the RequestId, code and identifier it must.
        case id
        /// Its values are those of the expected registry, too.
        case full
    }

    var target: SocketAddress
    var carrier = Carrier.udp
    var seconds = 10.0
    /// Closed loop: so many questions are under way at a time.
    var outstanding = 64
    /// Questions per second at most; nil: as fast as answers come.
    var ratePerSecond: Double?
    /// Sockets or connections that the questions go over in turn.
    var connections = 4
    /// A question without an answer after this time is lost.
    var timeoutNanoseconds: UInt64 = 1_000_000_000
    var verification = Verification.id
    /// How many of 100 questions are about identifiers that do not exist.
    var missingPercent = 0.0
    /// Whether each identifier is asked for once, in order, and the run ends with the last.
    var asksEachOnce = false
    var seed: UInt64
}
