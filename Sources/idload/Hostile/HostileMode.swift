internal import EventLoop

/// How a client misbehaves.
enum HostileMode: String, Sendable, CaseIterable {
    /// Connects and says nothing.
    case idle
    /// Sends the first half of a question, and then nothing.
    case incomplete
    /// Asks and asks, and reads no answer.
    case neverRead = "never-read"
    /// Begins a TLS handshake and does not go on.
    case abandonHandshake = "abandon-handshake"
    /// Sends random bytes.
    case random
    /// Sends questions in which something is wrong.
    case malformed
    /// Sends a question byte by byte, ten in a second.
    case slow
    /// Asks every other time, and breaks the connection off (TCP RST) as soon as it is there.
    case reset

    /// Whether each connection has one thing to say and is then closed, or each datagram is one.
    var isSingle: Bool { self == .random || self == .malformed }

    /// Whether a connection that has begun waits for the target alone.
    var isPassive: Bool { self == .idle || self == .incomplete || self == .abandonHandshake }
}

/// What misbehaves, at whom, and for how long.
struct HostilePlan: Sendable {
    /// Connections at a time, or 1 socket of datagrams.
    static let connectionCountMax = 10_000
    static let ratePerSecondMax = 100_000.0

    var target: LoadTarget
    var mode: HostileMode
    var connections = 100
    /// Connections opened in a second, or datagrams sent.
    var ratePerSecond = 100.0
    var seconds = 10.0
    /// Seconds between two bytes of a slow sender.
    var secondsPerByte = 0.1
    var seed: UInt64
    /// Addresses of this machine that they come from in turn; empty: the system chooses.
    var sources: [SocketAddress] = []
    /// What a well-behaved client asks for; nil: none is there.
    var probe: [UInt8]?
    /// Whom it asks.
    var probeAddress: SocketAddress

    /// What is asked for in questions that are whole.
    var identifier: [UInt8] { probe ?? Array("88.118/load".utf8) }
}
