import CLibUV
import Glibc

/// One libuv loop, created, run and dropped by one thread.
///
/// It owns libuv's loop and nothing else. Whoever opens a handle on it (a socket, a timer, a wake-up) closes that
/// handle and lets the loop run until the handle is gone (`openHandleCount()` tells); a loop dropped before leaks its
/// memory. From another thread only a `Wakeup` or a `Mailbox` reaches it.
package struct EventLoop: ~Copyable {
    let loop: UnsafeMutablePointer<uv_loop_t>

    /// Throws what libuv says when the process has no descriptors left for it.
    package init() throws(EventLoopError) {
        let loop = UnsafeMutablePointer<uv_loop_t>.allocate(capacity: 1)
        let result = uv_loop_init(loop)
        guard result == 0 else {
            loop.deallocate()
            throw .system(errno: -result, attempted: .createLoop, place: "")
        }
        self.loop = loop
    }

    deinit {
        // With a handle still open the loop's memory stays: libuv, and whoever wakes the loop, may yet read it. A trap
        // here would turn a program's orderly way out, such as a port in use at start, into a crash.
        if uv_loop_close(loop) == 0 { loop.deallocate() }
    }

    /// Runs callbacks until `stop()` is called or no active handle is left.
    ///
    /// Returns whether handles are still active, which is so after `stop()`.
    @discardableResult
    package borrowing func run() -> Bool {
        uv_run(loop, UV_RUN_DEFAULT) != 0
    }

    /// Runs what is ready now and returns; whether handles are still active.
    @discardableResult
    package borrowing func runOnceWithoutWaiting() -> Bool {
        uv_run(loop, UV_RUN_NOWAIT) != 0
    }

    /// Makes `run()` return after the callbacks of this turn. Call it on the loop's thread.
    package borrowing func stop() {
        uv_stop(loop)
    }

    /// A name for this loop that callbacks may keep, to stop it from inside.
    package borrowing func stopper() -> LoopStopper {
        LoopStopper(loop: loop)
    }

    /// How many handles are open, those being closed included; each should be gone before the loop is dropped.
    package borrowing func openHandleCount() -> Int {
        var count = 0
        withUnsafeMutablePointer(to: &count) { count in
            uv_walk(loop, { _, count in count?.assumingMemoryBound(to: Int.self).pointee += 1 }, count)
        }
        return count
    }

    /// Makes a write to a closed connection an error instead of the end of the process. Programs call it once at start.
    package static func ignoreBrokenPipeSignal() {
        signal(SIGPIPE, SIG_IGN)
    }
}
