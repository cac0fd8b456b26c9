import CLibUV

/// Calls a closure on the loop after a time, once or again and again.
///
/// An open timer keeps itself alive: `close()` lets go of it. Use it on the loop's thread only.
package final class LoopTimer {
    private var handle: UnsafeMutablePointer<uv_timer_t>?
    private let fired: () -> Void

    /// A timer that is not running yet.
    package init(on loop: borrowing EventLoop, fired: @escaping () -> Void) throws(EventLoopError) {
        self.fired = fired
        let handle = UnsafeMutablePointer<uv_timer_t>.allocate(capacity: 1)
        let result = uv_timer_init(loop.loop, handle)
        guard result == 0 else {
            handle.deallocate()
            throw .system(errno: -result, attempted: .createHandle, place: "")
        }
        self.handle = handle
        handle.pointee.data = Unmanaged.passRetained(self).toOpaque()
    }

    /// Fires after that time, counted from this turn of the loop, and then every `repeatMilliseconds` (0: not again).
    /// Starting a running timer starts it anew; starting a closed one does nothing.
    package func start(afterMilliseconds: UInt64, repeatMilliseconds: UInt64 = 0) {
        guard let handle else { return }
        // The only error, a missing callback or a closing handle, cannot happen here.
        uv_timer_start(
            handle,
            { handle in
                guard let data = handle?.pointee.data else { return }
                Unmanaged<LoopTimer>.fromOpaque(data).takeUnretainedValue().fired()
            },
            afterMilliseconds,
            repeatMilliseconds
        )
    }

    /// Does not fire until started again.
    package func stop() {
        guard let handle else { return }
        uv_timer_stop(handle)
    }

    /// Ends the timer; it never fires again. The loop must run on for a turn. Closing twice does nothing.
    package func close() {
        guard let handle else { return }
        self.handle = nil
        HandleMemory.close(handle)
    }
}
