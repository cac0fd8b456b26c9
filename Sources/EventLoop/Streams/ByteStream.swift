import CLibUV
import Glibc

/// A connection: TCP or Unix socket, accepted or made.
///
/// A name for memory that lives until the stream has been closed: it may be copied, must not be used once `closed` has
/// been called, and belongs to the loop's thread. TCP sends without delay (TCP_NODELAY).
package struct ByteStream {
    let memory: StreamMemory

    /// Gives an accepted stream its owner. Once, before anything else but `close()`.
    ///
    /// `context` must stay valid until `closed` has been called.
    package func start(context: UnsafeMutableRawPointer, callbacks: StreamCallbacks) {
        memory.state.pointee.context = context
        memory.state.pointee.callbacks = callbacks
    }

    /// Who is at the other end; nil for a Unix socket.
    package var peer: SocketAddress? { memory.state.pointee.peer }

    /// Begins, or begins again, to read: `buffer` and `received` are called as bytes come. Returns 0 or an errno
    /// (not connected, or closing).
    @discardableResult
    package func startReading() -> Int32 {
        let result = uv_read_start(memory.stream, StreamEvents.allocate, StreamEvents.read)
        return result == UV_EALREADY.rawValue ? 0 : -result
    }

    /// Reads no more until `startReading()`; the peer is held back once the kernel's buffer is full.
    package func stopReading() {
        uv_read_stop(memory.stream)
    }

    /// Sends what the socket takes at once and returns how many bytes that were.
    ///
    /// 0 where the socket is full or a `write` is under way; a negated errno where the connection is broken.
    package func tryWrite(_ bytes: UnsafeRawBufferPointer) -> Int {
        guard let start = bytes.baseAddress, bytes.count > 0 else { return 0 }
        var part = uv_buf_t(
            base: UnsafeMutableRawPointer(mutating: start).assumingMemoryBound(to: CChar.self),
            len: bytes.count
        )
        let result = uv_try_write(memory.stream, &part, 1)
        return result == UV_EAGAIN.rawValue ? 0 : Int(result)
    }

    /// Sends all the bytes, however long it takes, and then calls `written`.
    ///
    /// The bytes stay the owner's and must not be touched until `written`, or `closed`, has been called. One at a time:
    /// returns 0, or EBUSY while another is under way, or the errno of a broken connection (`written` is not called).
    package func write(_ bytes: UnsafeRawBufferPointer) -> Int32 {
        guard !memory.state.pointee.isWriting else { return EBUSY }
        var part = uv_buf_t(
            base: UnsafeMutableRawPointer(mutating: bytes.baseAddress)?.assumingMemoryBound(to: CChar.self),
            len: bytes.count
        )
        let result = uv_write(memory.writeRequest, memory.stream, &part, 1, StreamEvents.written)
        guard result == 0 else { return -result }
        memory.state.pointee.isWriting = true
        return 0
    }

    /// Whether a `write` is under way.
    package var isWriting: Bool { memory.state.pointee.isWriting }

    /// Bytes that the system has taken and the peer has not acknowledged (SIOCOUTQ): goes down as the peer takes them,
    /// long before `written` is called where the system's buffer is large. 0 for a stream without a descriptor.
    package var unacknowledgedByteCount: Int {
        var descriptor: Int32 = -1
        var byteCount: Int32 = 0
        guard uv_fileno(memory.handle, &descriptor) == 0, ioctl(descriptor, UInt(TIOCOUTQ), &byteCount) == 0 else {
            return 0
        }
        return Int(byteCount)
    }

    /// Ends our side after what is being written, and then calls `shutDown`; the peer's side may still be read.
    /// Once. Returns 0 or an errno (`shutDown` is not called).
    package func shutDown() -> Int32 {
        guard !memory.state.pointee.isShuttingDown else { return EBUSY }
        let result = uv_shutdown(memory.shutdownRequest, memory.stream, StreamEvents.shutDown)
        guard result == 0 else { return -result }
        memory.state.pointee.isShuttingDown = true
        return 0
    }

    /// Ends the stream; what is still to be written is lost, and only `closed` is called any more, by the loop's next
    /// turn. Closing twice before that does nothing.
    ///
    /// Where bytes of the peer wait unread the kernel resets the connection, and an answer on its way may be lost with
    /// it: read to the end first, or `shutDown()` and wait for the peer.
    package func close() {
        guard uv_is_closing(memory.handle) == 0 else { return }
        uv_close(memory.handle, StreamEvents.closed)
    }

    /// Whether `close()` has been called.
    package var isClosing: Bool { uv_is_closing(memory.handle) != 0 }
}
