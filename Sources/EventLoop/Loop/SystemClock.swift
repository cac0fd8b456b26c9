import Glibc

/// The machine's clocks, read in nanoseconds or seconds.
///
/// The coarse clocks cost about 6 ns and step with the kernel's tick (1 to 4 ms): read one once per batch.
package enum SystemClock {
    /// Nanoseconds since an arbitrary start; never goes back, whatever happens to the time of day.
    package static func monotonicNanoseconds() -> UInt64 {
        nanoseconds(of: CLOCK_MONOTONIC)
    }

    /// Like `monotonicNanoseconds()`, as of the kernel's last tick.
    package static func coarseMonotonicNanoseconds() -> UInt64 {
        nanoseconds(of: CLOCK_MONOTONIC_COARSE)
    }

    /// How long a processor has worked for the calling thread, for its own code and for its system calls.
    package static func threadProcessorNanoseconds() -> UInt64 {
        nanoseconds(of: CLOCK_THREAD_CPUTIME_ID)
    }

    /// Nanoseconds since 1970-01-01 00:00:00 UTC, as of the kernel's last tick.
    package static func coarseRealtimeNanoseconds() -> UInt64 {
        nanoseconds(of: CLOCK_REALTIME_COARSE)
    }

    /// Seconds since 1970-01-01 00:00:00 UTC, as of the kernel's last tick.
    package static func coarseRealtimeSeconds() -> Int64 {
        Int64(read(CLOCK_REALTIME_COARSE).tv_sec)
    }

    /// A clock set before 1970 reads as 0: nothing that follows may trap on it.
    private static func nanoseconds(of clock: clockid_t) -> UInt64 {
        let time = read(clock)
        return UInt64(max(0, time.tv_sec)) &* 1_000_000_000 &+ UInt64(max(0, time.tv_nsec))
    }

    private static func read(_ clock: clockid_t) -> timespec {
        var time = timespec()
        clock_gettime(clock, &time)
        return time
    }
}
