internal import Console
internal import ResolutionProtocol

/// What hostile clients did, and what the target did with them.
struct HostileTally: Sendable {
    /// Response codes that are told apart; further ones count as answers alone.
    private static let codeCountMax = 64

    /// Connections that were made.
    var opened: UInt64 = 0
    /// Connections that the target did not take.
    var refused: UInt64 = 0
    /// Connections that this machine could not begin: no descriptors, no ports.
    var notBegun: UInt64 = 0
    /// Connections that the target ended, and how long after their making.
    var closedByTarget: UInt64 = 0
    var closedAfter = LatencyHistogram()
    /// Connections that had nothing more to say and were closed here.
    var closedHere: UInt64 = 0
    /// Connections that the run's end found open.
    var openAtEnd: UInt64 = 0
    var bytesSent: UInt64 = 0
    var bytesReceived: UInt64 = 0
    /// Datagrams sent.
    var datagrams: UInt64 = 0
    /// Whole messages that came.
    var answers: UInt64 = 0
    private(set) var codes: [UInt32: UInt64] = [:]

    /// Notes a message that came, envelope included.
    mutating func noteAnswer(_ message: RawSpan) {
        answers += 1
        var reader = WireReader(message)
        guard (try? Envelope(anyLengthFrom: &reader)) != nil, let header = try? Header(from: &reader) else { return }
        let code = header.responseCode.rawValue
        if codes[code] != nil || codes.count < Self.codeCountMax { codes[code, default: 0] += 1 }
    }
}

/// What a well-behaved client saw beside them.
struct ProbeTally: Sendable {
    var asked: UInt64 = 0
    var answered: UInt64 = 0
    /// Why the last one that failed did.
    var failure: LocalizedText?
    var times = LatencyHistogram()

    var unanswered: UInt64 { asked - answered }
}
