import CLibUV
import Glibc

/// A UDP socket on a loop, which calls a C function when there is something to receive.
///
/// Receiving and sending are `DatagramBatch`'s, on `descriptor`. This is a name for memory that lives until the socket
/// has been closed: it may be copied, must not be used after `close()`, and belongs to the loop's thread.
package struct UDPSocket {
    /// Called when datagrams wait, again and again until they are received, with the context given to `init`.
    package typealias Callback = @convention(c) (_ context: UnsafeMutableRawPointer) -> Void

    /// What libuv's handle points to.
    private struct State {
        let descriptor: Int32
        let context: UnsafeMutableRawPointer
        let readable: Callback
        let closed: Callback
    }

    private let handle: UnsafeMutablePointer<uv_poll_t>
    private let state: UnsafeMutablePointer<State>

    /// Takes the socket over and begins to watch it.
    ///
    /// `context` must stay valid until `closed` has been called, which is the last call.
    package init(
        on loop: borrowing EventLoop,
        socket: BoundSocket,
        context: UnsafeMutableRawPointer,
        readable: @escaping Callback,
        closed: @escaping Callback
    ) throws(EventLoopError) {
        let descriptor = try socket.takeDescriptor()
        handle = .allocate(capacity: 1)
        state = .allocate(capacity: 1)
        state.initialize(
            to: State(descriptor: descriptor, context: context, readable: readable, closed: closed)
        )
        let created = uv_poll_init(loop.loop, handle, descriptor)
        guard created == 0 else {
            handle.deallocate()
            state.deallocate()
            Glibc.close(descriptor)
            throw .system(errno: -created, attempted: .watch, place: "UDP address \(socket.address)")
        }
        handle.pointee.data = UnsafeMutableRawPointer(state)
        Self.watch(handle)
    }

    /// For `DatagramBatch`; it stays the socket's.
    package var descriptor: Int32 { state.pointee.descriptor }

    /// Stops watching and closes the socket. `readable` is not called again; `closed` is called by the loop's next
    /// turn. Closing twice before that does nothing.
    package func close() {
        let handle = HandleMemory.asHandle(handle)
        guard uv_is_closing(handle) == 0 else { return }
        uv_close(handle) { handle in
            guard let handle, let data = handle.pointee.data else { return }
            let state = data.assumingMemoryBound(to: State.self)
            let (descriptor, context, closed) = (state.pointee.descriptor, state.pointee.context, state.pointee.closed)
            Glibc.close(descriptor)
            state.deallocate()
            UnsafeMutableRawPointer(handle).deallocate()
            closed(context)
        }
    }

    private static func watch(_ handle: UnsafeMutablePointer<uv_poll_t>) {
        // Fails only where the handle is being closed, and then nothing is to be watched.
        uv_poll_start(handle, Int32(UV_READABLE.rawValue)) { handle, status, _ in
            guard let handle, let data = handle.pointee.data else { return }
            let state = data.assumingMemoryBound(to: State.self)
            if status < 0 { UDPSocket.recover(handle, descriptor: state.pointee.descriptor) }
            state.pointee.readable(state.pointee.context)
        }
    }

    /// libuv stops watching a socket that has an error pending, such as a peer's "port unreachable". Reading the error
    /// clears it; the socket itself is as good as before.
    @inline(never)
    private static func recover(_ handle: UnsafeMutablePointer<uv_poll_t>, descriptor: Int32) {
        var code: Int32 = 0
        var byteCount = socklen_t(MemoryLayout<Int32>.size)
        guard getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &code, &byteCount) == 0 else { return }
        watch(handle)
    }
}
