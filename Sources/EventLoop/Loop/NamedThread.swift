import CLibUV
import Glibc
import Synchronization

/// A thread of the operating system with a name and, if wanted, a processor core of its own.
///
/// Nobody waits for a thread that is dropped without `join()`: it runs to its end by itself.
package final class NamedThread: Sendable {
    private let thread: Mutex<pthread_t?>

    /// Starts a thread that runs `work` and ends.
    ///
    /// The kernel keeps the first 15 bytes of `name`. Where `core` (counted from 0) is not to be had the thread runs
    /// unpinned: a worker on the wrong core is slower, none is worse. Without a `pace` it shares as its process does.
    package init(
        name: String,
        core: Int? = nil,
        pace: ThreadPace? = nil,
        work: @escaping @Sendable () -> Void
    ) throws(EventLoopError) {
        let start = Unmanaged.passRetained(Start(name: name, core: core, pace: pace, work: work))
        var thread = pthread_t()
        let result = pthread_create(
            &thread,
            nil,
            { argument in
                if let argument { Unmanaged<Start>.fromOpaque(argument).takeRetainedValue().run() }
                return nil
            },
            start.toOpaque()
        )
        guard result == 0 else {
            start.release()
            throw .system(errno: result, attempted: .startThread, place: name)
        }
        self.thread = Mutex(thread)
    }

    deinit {
        if let thread = take() { pthread_detach(thread) }
    }

    /// Names the calling thread, which others started.
    package static func nameOwn(_ name: String) { hanjiang_name_thread(name) }

    /// Waits until the thread has ended. A second call returns at once.
    package func join() {
        if let thread = take() { pthread_join(thread, nil) }
    }

    private func take() -> pthread_t? {
        thread.withLock { thread in
            defer { thread = nil }
            return thread
        }
    }

    /// What a new thread is given.
    private final class Start: Sendable {
        let name: String
        let core: Int?
        let pace: ThreadPace?
        let work: @Sendable () -> Void

        init(name: String, core: Int?, pace: ThreadPace?, work: @escaping @Sendable () -> Void) {
            self.name = name
            self.core = core
            self.pace = pace
            self.work = work
        }

        func run() {
            NamedThread.nameOwn(name)
            pace?.adopt()
            if let core, let index = UInt32(exactly: core) { _ = hanjiang_pin_thread(index) }
            work()
        }
    }
}
