import Glibc

extension SocketAddress {
    /// The address of this machine from which `target` is reached, with port 0; nil where no way leads there.
    /// Nothing is sent.
    package static func source(towards target: SocketAddress) -> SocketAddress? {
        let type = Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        let descriptor = socket(target.family, type, 0)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        guard target.withSystemAddress({ connect(descriptor, $0, $1) }) == 0 else { return nil }
        return local(of: descriptor)?.withPort(0)
    }
}
