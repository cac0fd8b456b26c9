internal import Glibc

/// The times that the writer thread needs. Nothing that decides on a record reads them.
enum Clock {
    /// Seconds since 1970; less than 0 where somebody has set the clock so.
    static var unixSeconds: Int64 { Int64(read(CLOCK_REALTIME).tv_sec) }

    /// Nanoseconds that no one sets back.
    static var monotonicNanoseconds: UInt64 {
        let time = read(CLOCK_MONOTONIC)
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }

    private static func read(_ clock: clockid_t) -> timespec {
        var time = timespec()
        clock_gettime(clock, &time)
        return time
    }
}
