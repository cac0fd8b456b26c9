import Glibc
import Synchronization

/// A socket bound to its address, waiting to be given to a loop.
///
/// It belongs to this object until a `UDPSocket` or `StreamListener` takes it over; dropped before, it is closed. May
/// be opened on one thread, before traffic starts, and used on another.
package final class BoundSocket: Sendable {
    /// What it can be given to.
    package let kind: SocketKind
    /// Where it is bound; the port is the one the system gave where 0 was asked for.
    package let address: SocketAddress
    /// Bytes of received data the kernel really keeps for it (half of what getsockopt tells, which counts twice).
    package let receiveBufferByteCount: Int
    /// Bytes of unsent data the kernel really keeps for it.
    package let sendBufferByteCount: Int

    private let descriptor: Mutex<Int32?>

    /// The size that is asked for in both directions where nothing else is said; the kernel cuts it to rmem_max and
    /// wmem_max.
    package static let bufferByteCountWanted = 4 << 20

    /// Opens a socket that shares its address with the other workers' (SO_REUSEPORT).
    ///
    /// UDP: tells the address a datagram was sent to where bound to a wildcard, and how many the kernel dropped.
    /// An IPv6 socket takes IPv6 only. For UDP the kernel is asked to keep `receiveByteCount` bytes of what comes.
    /// Throws `addressInUse` or `system`.
    package convenience init(
        _ kind: SocketKind,
        on address: SocketAddress,
        keeping receiveByteCount: Int = bufferByteCountWanted
    ) throws(EventLoopError) {
        let place = "\(kind) address \(address)"
        let socket = try SocketDescriptor(family: address.family, type: kind.systemType, place: place)
        try socket.set(SOL_SOCKET, SO_REUSEPORT, to: 1, place: place)
        try Self.prepareToBind(socket, kind: kind, address: address)
        try Self.prepareToCarry(socket, kind: kind, address: address, keeping: receiveByteCount)
        try socket.bind(to: address, kind: kind)
        try self.init(taking: socket, kind: kind)
    }

    /// Binds the address once without sharing it, and closes it again: an error if any other socket holds it, where
    /// `SO_REUSEPORT` would silently share the traffic with that one (reliability case E4).
    ///
    /// Throws `addressInUse`, with the process where it can be found, or `system`. Port 0 always succeeds.
    package static func probe(_ kind: SocketKind, on address: SocketAddress) throws(EventLoopError) {
        let place = "\(kind) address \(address)"
        let socket = try SocketDescriptor(family: address.family, type: kind.systemType, place: place)
        try prepareToBind(socket, kind: kind, address: address)
        try socket.bind(to: address, kind: kind)
    }

    private init(taking socket: consuming SocketDescriptor, kind: SocketKind) throws(EventLoopError) {
        guard let address = SocketAddress.local(of: socket.number) else {
            throw .system(errno: EAFNOSUPPORT, attempted: .readAddress, place: "a \(kind) socket")
        }
        self.kind = kind
        self.address = address
        receiveBufferByteCount = Int(socket.option(SOL_SOCKET, SO_RCVBUF)) / 2
        sendBufferByteCount = Int(socket.option(SOL_SOCKET, SO_SNDBUF)) / 2
        descriptor = Mutex(socket.take())
    }

    deinit {
        if let number = take() { close(number) }
    }

    /// Hands the descriptor on, once; then nil.
    func take() -> Int32? {
        descriptor.withLock { descriptor in
            defer { descriptor = nil }
            return descriptor
        }
    }

    /// Lends the descriptor, while it has not been handed on.
    func withDescriptor<Result: Sendable>(_ body: (Int32?) -> Result) -> Result {
        descriptor.withLock { body($0) }
    }

    /// The descriptor, or a thrown error where it was handed on before.
    func takeDescriptor() throws(EventLoopError) -> Int32 {
        guard let number = take() else { throw .system(errno: EBADF, attempted: .watch, place: "\(kind) \(address)") }
        return number
    }

    /// What decides whether binding succeeds.
    ///
    /// TCP needs SO_REUSEADDR: without it the connections of the node's last run, waiting out their time, would hold
    /// the port for a minute. It does not let two sockets listen. For UDP it would let them, so there it stays off.
    private static func prepareToBind(
        _ socket: borrowing SocketDescriptor,
        kind: SocketKind,
        address: SocketAddress
    ) throws(EventLoopError) {
        let place = "\(kind) address \(address)"
        if kind == .tcp { try socket.set(SOL_SOCKET, SO_REUSEADDR, to: 1, place: place) }
        if address.isIPv6 { try socket.set(Int32(IPPROTO_IPV6), IPV6_V6ONLY, to: 1, place: place) }
    }

    /// What datagrams and connections are to bring with them.
    private static func prepareToCarry(
        _ socket: borrowing SocketDescriptor,
        kind: SocketKind,
        address: SocketAddress,
        keeping receiveByteCount: Int
    ) throws(EventLoopError) {
        let place = "\(kind) address \(address)"
        // Connections inherit a listener's sizes, and a fixed one turns the kernel's own sizing off.
        guard kind == .udp else { return }
        try socket.set(SOL_SOCKET, SO_RCVBUF, to: Int32(clamping: receiveByteCount), place: place)
        try socket.set(SOL_SOCKET, SO_SNDBUF, to: Int32(bufferByteCountWanted), place: place)
        try socket.set(SOL_SOCKET, SO_RXQ_OVFL, to: 1, place: place)
        guard address.isWildcard else { return }
        if address.isIPv6 {
            try socket.set(Int32(IPPROTO_IPV6), IPV6_RECVPKTINFO, to: 1, place: place)
        } else {
            try socket.set(Int32(IPPROTO_IP), IP_PKTINFO, to: 1, place: place)
        }
    }
}
