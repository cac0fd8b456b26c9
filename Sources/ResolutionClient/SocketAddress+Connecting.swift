internal import EventLoop
internal import Glibc

extension SocketAddress {
    /// Lends the address as connect(2) takes it.
    func withSystemBytes<Result>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> Result) -> Result {
        var storage = sockaddr_storage()
        return withUnsafeMutablePointer(to: &storage) { storage in
            let raw = UnsafeMutableRawPointer(storage)
            let byteCount = isIPv6 ? writeIPv6(to: raw) : writeIPv4(to: raw)
            return body(raw.assumingMemoryBound(to: sockaddr.self), socklen_t(byteCount))
        }
    }

    private func writeIPv4(to storage: UnsafeMutableRawPointer) -> Int {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(truncatingIfNeeded: low).bigEndian
        storage.storeBytes(of: address, as: sockaddr_in.self)
        return MemoryLayout<sockaddr_in>.size
    }

    private func writeIPv6(to storage: UnsafeMutableRawPointer) -> Int {
        var address = sockaddr_in6()
        address.sin6_family = sa_family_t(AF_INET6)
        address.sin6_port = port.bigEndian
        address.sin6_scope_id = scope
        withUnsafeMutableBytes(of: &address.sin6_addr) { $0.copyBytes(from: bytes) }
        storage.storeBytes(of: address, as: sockaddr_in6.self)
        return MemoryLayout<sockaddr_in6>.size
    }
}
