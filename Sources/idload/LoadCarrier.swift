/// What takes questions to the target and brings answers back. Nothing here waits but `wait`.
///
/// To add one: a class here, a case of `LoadPlan.Carrier`, and its line in `LoadRun.open`.
protocol LoadCarrier: AnyObject {
    /// Whether the socket whose turn it is takes another question.
    var hasRoom: Bool { get }
    /// Queues a question on the socket whose turn it is; `message` stays where it is until `flush`. False: no room.
    func queue(envelope: UnsafeRawBufferPointer, message: UnsafeRawBufferPointer) -> Bool
    /// Sends what is queued and returns how many questions the system did not take. The next socket has its turn.
    func flush() -> Int
    /// Hands each datagram or message that has come to `take`, with the time it was read; returns how many.
    func receive(_ take: (_ message: RawSpan, _ nowNanoseconds: UInt64) -> Void) -> Int
    /// Waits until something came, at most so long.
    func wait(milliseconds: Int32)
    /// Connections that ended so far.
    var disconnectedCount: UInt64 { get }
    /// Whether the system said that nobody listens.
    var wasRefused: Bool { get }
}
