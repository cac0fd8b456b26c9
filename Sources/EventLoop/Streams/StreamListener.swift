import CLibUV
import Glibc

/// Takes connections on a TCP or Unix socket and hands each on as a `ByteStream`.
///
/// It accepts by itself instead of through libuv's listening: libuv 1.44 closes waiting connections when descriptors
/// run out, without a word, or spins, and it cannot pause. An open listener keeps itself alive: `close()` lets go of
/// it. Use it on the loop's thread only.
package final class StreamListener {
    /// A turn of the loop takes no more than this, so that connections already made get their turn.
    package static let acceptedPerTurnMax = 64

    private let place: String
    private let isPipe: Bool
    private let file: UnixSocketFile?
    private let accepted: (ByteStream) -> Void
    private let failed: (EventLoopError) -> Void
    private var handle: UnsafeMutablePointer<uv_poll_t>?
    private var descriptor: Int32
    /// Whether connections are being taken; else they wait in the kernel's queue.
    package private(set) var isAccepting = false

    /// Listens on a bound TCP socket, which it takes over.
    ///
    /// `accepted` gets each new stream, which it must `start` or `close`. `failed` hears why a connection could not be
    /// taken, most often that descriptors ran out (EMFILE); the listener has paused itself then, until `resume()`.
    package convenience init(
        on loop: borrowing EventLoop,
        socket: BoundSocket,
        backlog: Int32 = 4_096,
        accepted: @escaping (ByteStream) -> Void,
        failed: @escaping (EventLoopError) -> Void
    ) throws(EventLoopError) {
        let place = "\(socket.kind) address \(socket.address)"
        try self.init(
            on: loop,
            socket: SocketDescriptor(adopting: try socket.takeDescriptor()),
            place: place,
            file: nil,
            backlog: backlog,
            accepted: accepted,
            failed: failed
        )
    }

    /// Listens on a new Unix socket at `path` (mode 0600, at most 107 bytes), and removes it when closed.
    ///
    /// A stale socket file is replaced. Throws `pipeInUse`, `notASocket`, `pathTooLong` or `system`.
    package convenience init(
        on loop: borrowing EventLoop,
        unixSocket path: String,
        backlog: Int32 = 128,
        accepted: @escaping (ByteStream) -> Void,
        failed: @escaping (EventLoopError) -> Void
    ) throws(EventLoopError) {
        let socket = try SocketDescriptor(unixSocketFor: path)
        let file = try UnixSocketFile.bind(socket, at: path)
        try self.init(
            on: loop,
            socket: socket,
            place: path,
            file: file,
            backlog: backlog,
            accepted: accepted,
            failed: failed
        )
    }

    private init(
        on loop: borrowing EventLoop,
        socket: consuming SocketDescriptor,
        place: String,
        file: UnixSocketFile?,
        backlog: Int32,
        accepted: @escaping (ByteStream) -> Void,
        failed: @escaping (EventLoopError) -> Void
    ) throws(EventLoopError) {
        try EventLoopError.checkErrno(listen(socket.number, backlog), .listen, place)
        let handle = UnsafeMutablePointer<uv_poll_t>.allocate(capacity: 1)
        let created = uv_poll_init(loop.loop, handle, socket.number)
        guard created == 0 else {
            handle.deallocate()
            throw .system(errno: -created, attempted: .watch, place: place)
        }
        self.place = place
        self.file = file
        isPipe = file != nil
        self.accepted = accepted
        self.failed = failed
        self.handle = handle
        descriptor = socket.take()
        handle.pointee.data = Unmanaged.passRetained(self).toOpaque()
        resume()
    }

    /// Leaves new connections in the kernel's queue until `resume()`.
    package func pause() {
        guard let handle else { return }
        uv_poll_stop(handle)
        isAccepting = false
    }

    /// Takes connections again, those first that wait.
    package func resume() {
        guard let handle, !isAccepting else { return }
        let result = uv_poll_start(handle, Int32(UV_READABLE.rawValue)) { handle, _, _ in
            guard let data = handle?.pointee.data else { return }
            Unmanaged<StreamListener>.fromOpaque(data).takeUnretainedValue().acceptWaiting()
        }
        isAccepting = result == 0
    }

    /// Takes no more connections; those in the kernel's queue are reset. The loop must run on for a turn. Closing twice
    /// does nothing.
    package func close() {
        guard let handle else { return }
        self.handle = nil
        isAccepting = false
        uv_poll_stop(handle)
        Glibc.close(descriptor)
        descriptor = -1
        file?.remove()
        HandleMemory.close(handle)
    }

    private func acceptWaiting() {
        for _ in 0..<Self.acceptedPerTurnMax {
            // A callback may have paused or closed the listener.
            guard isAccepting, acceptNext() else { return }
        }
    }

    /// Takes one connection; false where none waits or none can be taken.
    private func acceptNext() -> Bool {
        var number: Int32 = -1
        var code: Int32 = 0
        let flags = Int32(SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)
        let peer = SocketAddress.asked { address, byteCount in
            number = hanjiang_accept4(descriptor, address, byteCount, flags)
            code = number < 0 ? errno : 0
            return number < 0 ? -1 : 0
        }
        guard number >= 0 else { return goesOn(after: code) }
        handOn(SocketDescriptor(adopting: number), peer: peer)
        return true
    }

    private func handOn(_ descriptor: consuming SocketDescriptor, peer: SocketAddress?) {
        guard let loop = handle?.pointee.loop else { return }
        do throws(EventLoopError) {
            accepted(try ByteStream.accepted(on: loop, descriptor: descriptor, peer: peer, isPipe: isPipe))
        } catch {
            failed(error)
        }
    }

    /// Whether to try the next connection after this one failed.
    private func goesOn(after code: Int32) -> Bool {
        switch code {
        case EAGAIN:
            return false
        case EINTR, ECONNABORTED, EPROTO, ENETDOWN, ENOPROTOOPT, EHOSTDOWN, ENONET, EHOSTUNREACH, ENETUNREACH:
            // That connection's own trouble (accept(2)): the next one may be sound.
            return true
        default:
            // Trouble that stays, as EMFILE does: going on would spin, since the connection keeps waiting.
            pause()
            failed(.system(errno: code, attempted: .accept, place: place))
            return false
        }
    }
}
