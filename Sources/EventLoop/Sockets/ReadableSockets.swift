internal import CLibUV
internal import Glibc

/// Which of many sockets have something to read, for one system call however many they are (epoll(7)).
///
/// Memory is taken when it is made, not where it looks. A socket leaves it by being closed.
package final class ReadableSockets {
    /// How many are told at one look; the others are first the next time.
    private static let readyCountMax = 64

    /// Readable itself, as long as one of the sockets is.
    package let descriptor: Int32
    private let events: UnsafeMutablePointer<epoll_event>
    private var readyCount = 0

    /// nil: the system has no descriptor left, as errno says.
    package init?() {
        descriptor = epoll_create1(Int32(EPOLL_CLOEXEC))
        guard descriptor >= 0 else { return nil }
        events = .allocate(capacity: Self.readyCountMax)
        events.initialize(repeating: epoll_event(), count: Self.readyCountMax)
    }

    deinit {
        guard descriptor >= 0 else { return }
        events.deallocate()
        close(descriptor)
    }

    /// Adds a socket, which is called `number` from now on; false where the system refuses, as errno says.
    package func add(_ socket: Int32, number: UInt32) -> Bool {
        var event = epoll_event(events: EPOLLIN.rawValue, data: epoll_data(u32: number))
        return epoll_ctl(descriptor, EPOLL_CTL_ADD, socket, &event) == 0
    }

    /// Looks which are readable, or have an error to tell, without waiting; returns how many.
    package func look() -> Int {
        readyCount = max(0, Int(epoll_wait(descriptor, events, Int32(Self.readyCountMax), 0)))
        return readyCount
    }

    /// The number of one of those that the last look found; nil: it found fewer.
    package func number(at place: Int) -> UInt32? {
        place >= 0 && place < readyCount ? events[place].data.u32 : nil
    }
}
