internal import EventLoop

/// The addresses that sockets are bound to, one after the other; without any the system chooses.
final class LocalAddresses {
    private let addresses: [SocketAddress]
    private var turn = 0

    init(_ addresses: [SocketAddress]) {
        self.addresses = addresses
    }

    /// The next socket's.
    func next() -> SocketAddress? {
        guard !addresses.isEmpty else { return nil }
        turn = turn + 1 < addresses.count ? turn + 1 : 0
        return addresses[turn]
    }
}
