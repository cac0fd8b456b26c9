internal import EventLoop

/// The time of a run, in nanoseconds; asked for once a batch.
protocol LoadClock {
    /// Never goes back.
    func nanoseconds() -> UInt64
    /// How long a processor has worked for the calling thread.
    func processorNanoseconds() -> UInt64
    /// Waits until one of the sockets is ready, at most so long.
    func wait(nanoseconds: UInt64, on watch: inout SocketWatch)
}

/// The machine's clocks.
struct MachineClock: LoadClock {
    func nanoseconds() -> UInt64 { SystemClock.monotonicNanoseconds() }
    func processorNanoseconds() -> UInt64 { SystemClock.threadProcessorNanoseconds() }
    func wait(nanoseconds: UInt64, on watch: inout SocketWatch) { watch.wait(nanoseconds: nanoseconds) }
}
