internal import CLibUV
internal import Glibc

/// Waiting for any of some sockets, without a loop, as exactly as the kernel's timers go (about 50 µs, see
/// `keepTimersExact`).
///
/// The entries are poll(2)'s; a descriptor of -1 is left out. Memory is taken where entries are added, not where it
/// waits.
package struct SocketWatch: ~Copyable {
    private var entries: [pollfd] = []

    package init() {}

    /// Has the waits of the calling thread, and of those it starts, end in time: the system's own way is up to 50 µs
    /// late, so that several threads wake at once.
    package static func keepTimersExact() { hanjiang_keep_timers_exact() }

    package var count: Int { entries.count }

    /// Adds a socket to be read and, if wanted, written.
    package mutating func add(_ descriptor: Int32, forWriting: Bool = false) {
        let events = Int16(forWriting ? POLLIN | POLLOUT : POLLIN)
        entries.append(pollfd(fd: descriptor, events: events, revents: 0))
    }

    /// Watches none any more; the memory stays.
    package mutating func removeAll() { entries.removeAll(keepingCapacity: true) }

    /// Whether something had come on the socket added at that place, or it could be written or had ended, when the last
    /// wait was over.
    package func isReady(at place: Int) -> Bool { entries.indices.contains(place) && entries[place].revents != 0 }

    /// Waits until one of the sockets is ready or a signal comes, at most so long.
    package mutating func wait(nanoseconds: UInt64) {
        var limit = timespec()
        limit.tv_sec = Int(clamping: nanoseconds / 1_000_000_000)
        limit.tv_nsec = Int(nanoseconds % 1_000_000_000)
        let count = UInt(entries.count)
        _ = entries.withUnsafeMutableBufferPointer { hanjiang_ppoll($0.baseAddress, count, &limit, nil) }
    }
}
