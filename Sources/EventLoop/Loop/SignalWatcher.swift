import CLibUV

/// Calls a closure on the loop when the process gets a signal, in place of the signal's own effect.
///
/// An open watcher keeps itself alive: `close()` lets go of it and gives the signal its effect back. Use it on the
/// loop's thread only. Two watchers of one signal, even on two loops, both hear it.
package final class SignalWatcher {
    private var handle: UnsafeMutablePointer<uv_signal_t>?
    private let received: (Int32) -> Void

    /// Watches `signal` (SIGTERM, SIGHUP …) from now on.
    package init(
        on loop: borrowing EventLoop,
        signal: Int32,
        received: @escaping (_ signal: Int32) -> Void
    ) throws(EventLoopError) {
        self.received = received
        let handle = UnsafeMutablePointer<uv_signal_t>.allocate(capacity: 1)
        let created = uv_signal_init(loop.loop, handle)
        guard created == 0 else {
            handle.deallocate()
            throw .system(errno: -created, attempted: .createHandle, place: "signal \(signal)")
        }
        self.handle = handle
        handle.pointee.data = Unmanaged.passRetained(self).toOpaque()
        let started = uv_signal_start(
            handle,
            { handle, signal in
                guard let data = handle?.pointee.data else { return }
                Unmanaged<SignalWatcher>.fromOpaque(data).takeUnretainedValue().received(signal)
            },
            signal
        )
        guard started == 0 else {
            close()
            throw .system(errno: -started, attempted: .watch, place: "signal \(signal)")
        }
    }

    /// Ends the watch. The loop must run on for a turn. Closing twice does nothing.
    package func close() {
        guard let handle else { return }
        self.handle = nil
        HandleMemory.close(handle)
    }
}
