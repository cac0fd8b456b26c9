internal import Glibc

/// The signals that end or reload the node, taken one by one by the main thread; blocked everywhere else.
struct NodeSignals: Sendable {
    /// What a signal asks for.
    enum Request: Sendable {
        /// SIGTERM, SIGINT: end.
        case end
        /// SIGHUP: read the configuration again.
        case reload
    }

    private static let numbers = [SIGTERM, SIGINT, SIGHUP]

    /// Blocks the signals in this thread and in all that it starts.
    init() {
        var set = Self.set
        pthread_sigmask(SIG_BLOCK, &set, nil)
    }

    /// Waits for the next signal.
    func next() -> Request {
        var set = Self.set
        var number: Int32 = 0
        while sigwait(&set, &number) != 0 {}
        return number == SIGHUP ? .reload : .end
    }

    /// Makes the next end signal end the process at once (S4).
    func unblockEnd() {
        var set = sigset_t()
        sigemptyset(&set)
        sigaddset(&set, SIGTERM)
        sigaddset(&set, SIGINT)
        pthread_sigmask(SIG_UNBLOCK, &set, nil)
    }

    /// Sends the main thread an end signal, as the control socket's `drain` does.
    static func requestEnd() { kill(getpid(), SIGTERM) }

    private static var set: sigset_t {
        var set = sigset_t()
        sigemptyset(&set)
        for number in numbers { sigaddset(&set, number) }
        return set
    }
}
