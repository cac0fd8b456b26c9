internal import EventLoop

/// What takes questions to the target and brings answers back, a batch at a time. Nothing here waits.
///
/// To add one: a class here, a case of `LoadPlan.Carrier`, and its line in `LoadEngine.open`.
protocol LoadCarrier: AnyObject {
    /// Whether any socket takes questions now.
    var hasRoom: Bool { get }
    /// Sends questions, at most `LoadEngine.batchCountMax`, on the socket whose turn it is, and returns how many of
    /// them were not taken. The next socket has its turn.
    func send(_ questions: UnsafeBufferPointer<OutgoingQuestion>) -> Int
    /// Hands each datagram or message that has come to `take`, with the time it was read; returns how many.
    func receive(_ take: (_ message: RawSpan, _ nowNanoseconds: UInt64) -> Void) -> Int
    /// Adds the sockets on which something may come, or that can be written again.
    func addSockets(to watch: inout SocketWatch)
    /// Connections that are open, or sockets.
    var connectionCount: Int { get }
    /// Connections that ended so far.
    var disconnectedCount: UInt64 { get }
    /// Whether the system said that nobody listens.
    var wasRefused: Bool { get }
}
