internal import Glibc

/// The times that the writer thread needs. Nothing that decides on a record reads them.
enum Clock {
    /// Nanoseconds since 1970.
    static var unixNanoseconds: UInt64 { read(CLOCK_REALTIME) }

    /// Seconds since 1970.
    static var unixSeconds: Int64 { Int64(unixNanoseconds / 1_000_000_000) }

    /// Nanoseconds that no one sets back.
    static var monotonicNanoseconds: UInt64 { read(CLOCK_MONOTONIC) }

    private static func read(_ clock: clockid_t) -> UInt64 {
        var time = timespec()
        clock_gettime(clock, &time)
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }
}
