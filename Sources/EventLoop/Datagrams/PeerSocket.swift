import CLibUV
import Glibc

/// A UDP socket whose peer is one server, on a loop: the kernel drops what others send, and tells when nobody listens.
///
/// Its port is one that the kernel draws at random. An open socket keeps itself alive: `close()` lets go of it. Use it
/// on the loop's thread only.
package final class PeerSocket {
    /// Bytes of a datagram at most; what is longer is dropped and counted: no packet of the protocol has over 512.
    package static let datagramByteCountMax = 4_096
    /// Datagrams taken in one turn of the loop, so that others get theirs.
    private static let receivedPerTurn = 64

    /// Who is at the other end.
    package let peer: SocketAddress
    /// Where answers come in; nil where the system does not say.
    package let local: SocketAddress?
    /// Datagrams that were longer than any may be.
    package private(set) var tooLongCount = 0
    private let descriptor: Int32
    private var buffer = [UInt8](repeating: 0, count: PeerSocket.datagramByteCountMax)
    private var handle: UnsafeMutablePointer<uv_poll_t>?
    private let received: (PeerSocket, [UInt8]) -> Void
    private let failed: (PeerSocket, Int32) -> Void

    /// A socket that calls `received` with each datagram, and `failed` with an errno where the peer's machine says that
    /// nobody listens, or the way there is gone. Throws where there is no descriptor left, or no route.
    package init(
        on place: LoopPlace,
        to peer: SocketAddress,
        received: @escaping (PeerSocket, [UInt8]) -> Void,
        failed: @escaping (PeerSocket, Int32) -> Void
    ) throws(EventLoopError) {
        let name = "UDP address \(peer)"
        let socket = try SocketDescriptor(family: peer.family, type: Int32(SOCK_DGRAM.rawValue), place: name)
        let number = socket.number
        let result = peer.withSystemAddress { Glibc.connect(number, $0, $1) }
        try EventLoopError.checkErrno(result, .connect, name)
        let handle = UnsafeMutablePointer<uv_poll_t>.allocate(capacity: 1)
        let created = uv_poll_init(place.loop, handle, number)
        guard created == 0 else {
            handle.deallocate()
            throw .system(errno: -created, attempted: .watch, place: name)
        }
        descriptor = socket.take()
        self.peer = peer
        local = SocketAddress.local(of: number)
        self.handle = handle
        self.received = received
        self.failed = failed
        handle.pointee.data = Unmanaged.passRetained(self).toOpaque()
        Self.watch(handle)
    }

    deinit { Glibc.close(descriptor) }

    /// Sends a datagram; 0 or an errno. One that the system has no room for is lost, as others are on the way.
    package func send(_ bytes: [UInt8]) -> Int32 {
        guard handle != nil else { return EBADF }
        while Glibc.send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL)) < 0 {
            let code = errno
            if code == EAGAIN || code == ENOBUFS { return 0 }
            if code != EINTR { return code }
        }
        return 0
    }

    /// Takes nothing more. Closing twice does nothing.
    package func close() {
        guard let handle else { return }
        self.handle = nil
        HandleMemory.close(handle)
    }

    private static func watch(_ handle: UnsafeMutablePointer<uv_poll_t>) {
        // Fails only where the handle is being closed, and then nothing is to be watched.
        uv_poll_start(handle, Int32(UV_READABLE.rawValue)) { handle, status, _ in
            guard let handle, let data = handle.pointee.data else { return }
            let socket = Unmanaged<PeerSocket>.fromOpaque(data).takeUnretainedValue()
            socket.receive()
            // libuv stops watching a socket with a pending error, which reading has cleared.
            if status < 0, socket.handle != nil { PeerSocket.watch(handle) }
        }
    }

    private func receive() {
        for _ in 0..<Self.receivedPerTurn {
            guard handle != nil else { return }
            switch take() {
            case .success(let datagram?): received(self, datagram)
            case .success(nil): return
            case .failure(let error): failed(self, error.code)
            }
        }
    }

    /// The next datagram; nil: there is none.
    private func take() -> Result<[UInt8]?, EventLoopError> {
        while true {
            let count = recv(descriptor, &buffer, buffer.count, Int32(MSG_TRUNC))
            if count >= 0, count <= buffer.count { return .success(Array(buffer[..<count])) }
            if count >= 0 {
                tooLongCount += 1
                return .success([])
            }
            let code = errno
            if code == EAGAIN { return .success(nil) }
            if code == EINTR { continue }
            return .failure(.system(errno: code, attempted: .watch, place: "UDP address \(peer)"))
        }
    }
}
