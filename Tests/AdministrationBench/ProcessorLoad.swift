import EventLoop
import Glibc

/// Time of processors: taken for nothing, and taken by this process.
enum ProcessorLoad {
    /// Takes `share` of the processors for that long, an equal part of it in each thread. The first thread works for
    /// the first number of `bursts` (milliseconds) at a time, the second for the second, and so on in a circle.
    static func burn(share: Double, seconds: Double, threads count: Int, bursts: [Double]) throws {
        let end = SystemClock.monotonicNanoseconds() &+ UInt64(max(0, seconds) * 1e9)
        let part = min(1, max(0, share) / Double(max(1, count)))
        let threads = try (0..<max(1, count)).map { number in
            let burst = bursts[number % bursts.count] * 1e6
            return try NamedThread(name: "burn") { spin(part, burst, until: end) }
        }
        for thread in threads { thread.join() }
    }

    /// Works for `burst` nanoseconds of its own time, again and again, and rests so long that it takes `part` of the
    /// time.
    private static func spin(_ part: Double, _ burst: Double, until end: UInt64) {
        while case let start = SystemClock.monotonicNanoseconds(), start < end, part > 0 {
            let busyUntil = ownNanoseconds() &+ UInt64(burst)
            while ownNanoseconds() < busyUntil {}
            let over = start &+ UInt64(burst / part)
            let now = SystemClock.monotonicNanoseconds()
            if now < over { usleep(UInt32(truncatingIfNeeded: (over - now) / 1_000)) }
        }
    }

    /// Time of processors that the calling thread has had.
    private static func ownNanoseconds() -> UInt64 {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return UInt64(max(0, time.tv_sec)) &* 1_000_000_000 &+ UInt64(max(0, time.tv_nsec))
    }

    /// What this process has taken so far.
    static var ownSeconds: Double {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        let times = [usage.ru_utime, usage.ru_stime]
        return times.reduce(0) { $0 + Double($1.tv_sec) + Double($1.tv_usec) / 1e6 }
    }
}
