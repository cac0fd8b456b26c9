import EventLoop
import Glibc

/// Time of processors: taken for nothing, and taken by this process.
enum ProcessorLoad {
    private static let periodNanoseconds = 2_000_000.0

    /// Takes `share` of the processors for that long, an equal part of it in each thread, in periods of 2 ms.
    static func burn(share: Double, seconds: Double, threads count: Int) throws {
        let end = SystemClock.monotonicNanoseconds() &+ UInt64(max(0, seconds) * 1e9)
        let part = min(1, max(0, share) / Double(max(1, count)))
        let threads = try (0..<max(1, count)).map { _ in try NamedThread(name: "burn") { spin(part, until: end) } }
        for thread in threads { thread.join() }
    }

    private static func spin(_ part: Double, until end: UInt64) {
        while case let start = SystemClock.monotonicNanoseconds(), start < end {
            let busyUntil = start &+ UInt64(part * periodNanoseconds)
            while SystemClock.monotonicNanoseconds() < busyUntil {}
            usleep(UInt32((1 - part) * periodNanoseconds / 1_000))
        }
    }

    /// What this process has taken so far.
    static var ownSeconds: Double {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        let times = [usage.ru_utime, usage.ru_stime]
        return times.reduce(0) { $0 + Double($1.tv_sec) + Double($1.tv_usec) / 1e6 }
    }
}
