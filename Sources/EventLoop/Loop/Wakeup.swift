import CLibUV
import Synchronization

/// Lets any thread make a loop call a closure.
///
/// Several calls of `wake()` before the loop gets round to it make one call of the closure. An open wake-up keeps
/// itself and its loop going: `close()` lets go of both.
///
/// `@unchecked Sendable`: the handle is behind a mutex, so that no thread can use it while or after it is closed; the
/// closure is called and released on the loop's thread only.
package final class Wakeup: @unchecked Sendable {
    /// `@unchecked Sendable`: only ever used with the mutex held, or by the loop's thread after it was taken out.
    private struct Handle: @unchecked Sendable {
        let pointer: UnsafeMutablePointer<uv_async_t>
    }

    private let handle: Mutex<Handle?>
    private let woken: () -> Void

    /// Call on the loop's thread; `woken` is called there too.
    package init(on loop: borrowing EventLoop, woken: @escaping () -> Void) throws(EventLoopError) {
        self.woken = woken
        let async = UnsafeMutablePointer<uv_async_t>.allocate(capacity: 1)
        let result = uv_async_init(loop.loop, async) { async in
            guard let data = async?.pointee.data else { return }
            let wakeup = Unmanaged<Wakeup>.fromOpaque(data).takeUnretainedValue()
            wakeup.woken()
        }
        guard result == 0 else {
            async.deallocate()
            throw .system(errno: -result, attempted: .createHandle, place: "")
        }
        handle = Mutex(Handle(pointer: async))
        async.pointee.data = Unmanaged.passRetained(self).toOpaque()
    }

    /// Makes the loop call the closure soon. From any thread, at any time: after `close()` it does nothing.
    package func wake() {
        handle.withLock { handle in
            guard let handle else { return }
            uv_async_send(handle.pointer)
        }
    }

    /// Ends the wake-up; the closure is not called again. Call on the loop's thread. Closing twice does nothing.
    package func close() {
        let async = handle.withLock { handle in
            let async = handle
            handle = nil
            return async
        }
        guard let async else { return }
        HandleMemory.close(async.pointer)
    }
}
