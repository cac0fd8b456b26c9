import Glibc
import Synchronization

/// Reads the processor time of the worker's thread from another thread.
final class WorkerClock: Sendable {
    private let clock = Mutex<clockid_t>(CLOCK_PROCESS_CPUTIME_ID)

    /// Call on the worker's thread.
    func adoptThisThread() {
        var number = clockid_t()
        guard pthread_getcpuclockid(pthread_self(), &number) == 0 else { return }
        clock.withLock { $0 = number }
    }

    /// Processor time that the thread has used.
    func nanoseconds() -> UInt64 {
        var time = timespec()
        clock_gettime(clock.withLock { $0 }, &time)
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }
}
