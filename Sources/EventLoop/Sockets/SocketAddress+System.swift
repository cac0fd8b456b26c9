import Glibc

extension SocketAddress {
    /// The family's number in system calls.
    var family: Int32 { isIPv6 ? AF_INET6 : AF_INET }

    /// Writes the address as system calls take it and returns its size in bytes (16 or 28).
    ///
    /// `storage` has room for a sockaddr_in6.
    @discardableResult
    func write(to storage: UnsafeMutableRawPointer) -> socklen_t {
        if isIPv6 {
            var address = sockaddr_in6()
            address.sin6_family = sa_family_t(AF_INET6)
            address.sin6_port = port.bigEndian
            address.sin6_scope_id = scope
            storage.storeBytes(of: address, as: sockaddr_in6.self)
            storage.storeBytes(of: high.bigEndian, toByteOffset: Self.ipv6AddressOffset, as: UInt64.self)
            storage.storeBytes(of: low.bigEndian, toByteOffset: Self.ipv6AddressOffset + 8, as: UInt64.self)
            return socklen_t(MemoryLayout<sockaddr_in6>.size)
        }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(truncatingIfNeeded: low).bigEndian
        storage.storeBytes(of: address, as: sockaddr_in.self)
        return socklen_t(MemoryLayout<sockaddr_in>.size)
    }

    /// Lends the address in the form that system calls take.
    func withSystemAddress<Result>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> Result) -> Result {
        var storage = sockaddr_storage()
        return withUnsafeMutablePointer(to: &storage) { storage in
            let raw = UnsafeMutableRawPointer(storage)
            let byteCount = write(to: raw)
            return body(raw.assumingMemoryBound(to: sockaddr.self), byteCount)
        }
    }

    /// The address that a call such as getsockname or getpeername tells; nil when it fails or tells of another family.
    static func asked(_ call: (UnsafeMutablePointer<sockaddr>, UnsafeMutablePointer<socklen_t>) -> Int32) -> Self? {
        var storage = sockaddr_storage()
        var byteCount = socklen_t(MemoryLayout<sockaddr_storage>.size)
        return withUnsafeMutablePointer(to: &storage) { storage in
            let raw = UnsafeMutableRawPointer(storage)
            guard call(raw.assumingMemoryBound(to: sockaddr.self), &byteCount) == 0 else { return nil }
            return SocketAddress(raw, byteCount: Int(byteCount))
        }
    }

    /// The address a descriptor is bound to.
    static func local(of descriptor: Int32) -> SocketAddress? {
        asked { getsockname(descriptor, $0, $1) }
    }

    /// The address at the other end of a connected descriptor.
    static func peer(of descriptor: Int32) -> SocketAddress? {
        asked { getpeername(descriptor, $0, $1) }
    }
}
