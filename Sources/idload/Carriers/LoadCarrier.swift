internal import EventLoop

/// What takes questions to the target and brings answers back, a batch at a time. Nothing here waits.
///
/// To add one: a class here, a case of `LoadPlan.Carrier`, and its line in `LoadEngine.open`.
protocol LoadCarrier: AnyObject {
    /// Whether any socket takes questions now.
    var hasRoom: Bool { get }
    /// How many questions are taken now.
    var room: Int { get }
    /// Sends questions, at most `LoadEngine.batchCountMax`, on the socket whose turn it is, and returns how many of
    /// them were not taken. The next socket has its turn.
    func send(_ questions: UnsafeBufferPointer<OutgoingQuestion>) -> Int
    /// Hands each datagram or message that has come to `take`, with the time it was read; returns how many.
    func receive(_ take: (_ message: RawSpan, _ nowNanoseconds: UInt64) -> Void) -> Int
    /// While `receive` hands a datagram on: whose answer it is, where the datagram itself does not say; 0: nobody's,
    /// nil: it is too short to tell.
    func requestID(of message: RawSpan) -> UInt32?
    /// While `receive` hands a message on: what is wrong with it that its bytes do not show; nil: nothing.
    var fault: AnswerFault? { get }
    /// What is asked here in place of the run's questions; nil: those are.
    var ownQuestions: (any OwnQuestions)? { get }
    /// Adds the sockets on which something may come, or that can be written again.
    func addSockets(to watch: inout SocketWatch)
    /// Connections that are open, or sockets.
    var connectionCount: Int { get }
    /// What became of the connections so far.
    var connectionCounts: ConnectionCounts { get }
    /// Whether the system said that nobody listens.
    var wasRefused: Bool { get }
    /// The run is over: takes leave, where the target is to know it.
    func end()
}

extension LoadCarrier {
    /// Sockets take what they are given.
    var room: Int { hasRoom ? Int.max : 0 }
    /// Messages of ours say it themselves.
    func requestID(of message: RawSpan) -> UInt32? { nil }
    /// What comes is judged by its bytes.
    var fault: AnswerFault? { nil }
    /// The run's questions are asked.
    var ownQuestions: (any OwnQuestions)? { nil }
    /// Sockets without connections have none.
    var connectionCounts: ConnectionCounts { ConnectionCounts() }
    /// Sockets are closed without a word.
    func end() {}
}
