import Glibc

/// An IPv4 or IPv6 address with a port: who sent something, or where to listen.
///
/// The address is kept as 16 bytes in network order, in two words; an IPv4 address as `::ffff:a.b.c.d` (RFC 4291
/// §2.5.5.2). Two are equal when family, address, port and IPv6 scope are.
package struct SocketAddress: Hashable, Sendable {
    /// Whether it is one of an IPv6 socket; an IPv4-mapped address of such a socket counts as IPv6.
    package let isIPv6: Bool
    /// Bytes 0 to 7 of the address, the first byte most significant.
    package let high: UInt64
    /// Bytes 8 to 15 of the address; an IPv4 address is its lower half.
    package let low: UInt64
    /// In host order; 0 asks the system for a free one.
    package let port: UInt16
    /// The interface of an IPv6 link-local address, else 0.
    package let scope: UInt32

    /// An IPv4 address, its first byte most significant.
    package init(ipv4 address: UInt32, port: UInt16) {
        isIPv6 = false
        high = 0
        low = Self.mappedMark | UInt64(address)
        self.port = port
        scope = 0
    }

    /// An IPv6 address from its two halves.
    package init(ipv6High high: UInt64, low: UInt64, port: UInt16, scope: UInt32 = 0) {
        isIPv6 = true
        self.high = high
        self.low = low
        self.port = port
        self.scope = scope
    }

    /// What a system call filled in; nil for another family, or where `byteCount` is too short for its family.
    package init?(_ storage: UnsafeRawPointer, byteCount: Int) {
        guard byteCount >= MemoryLayout<sa_family_t>.size else { return nil }
        switch Int32(storage.loadUnaligned(as: sa_family_t.self)) {
        case AF_INET:
            guard byteCount >= MemoryLayout<sockaddr_in>.size else { return nil }
            let address = storage.loadUnaligned(as: sockaddr_in.self)
            self.init(ipv4: UInt32(bigEndian: address.sin_addr.s_addr), port: UInt16(bigEndian: address.sin_port))
        case AF_INET6:
            guard byteCount >= MemoryLayout<sockaddr_in6>.size else { return nil }
            let address = storage.loadUnaligned(as: sockaddr_in6.self)
            let bytes = storage + Self.ipv6AddressOffset
            self.init(
                ipv6High: UInt64(bigEndian: bytes.loadUnaligned(as: UInt64.self)),
                low: UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self)),
                port: UInt16(bigEndian: address.sin6_port),
                scope: address.sin6_scope_id
            )
        default:
            return nil
        }
    }

    /// The same address with another port.
    package func withPort(_ port: UInt16) -> SocketAddress {
        isIPv6
            ? SocketAddress(ipv6High: high, low: low, port: port, scope: scope)
            : SocketAddress(ipv4: UInt32(truncatingIfNeeded: low), port: port)
    }

    /// The address as 16 bytes, without the port.
    package var bytes: [UInt8] { NetworkPrefix.bytes(high: high, low: low) }

    /// 127.0.0.0/8, ::1, and the former written as IPv6.
    package var isLoopback: Bool {
        if isIPv6 && high == 0 && low == 1 { return true }
        return isMapped && (low >> 24) & 0xFF == 127
    }

    /// Of this machine, or of a network that the public Internet does not route to: private (RFC 1918, RFC 4193) or
    /// link-local (RFC 3927, RFC 4291).
    package var isOfOwnNetwork: Bool {
        guard !isLoopback else { return true }
        guard isMapped else { return high >> 57 == 0xFC >> 1 || high >> 54 == 0xFE80 >> 6 }
        let address = UInt32(truncatingIfNeeded: low)
        return address >> 24 == 10 || address >> 20 == 0xAC1 || address >> 16 == 0xC0A8 || address >> 16 == 0xA9FE
    }

    /// 0.0.0.0 or ::, which stands for every address of the machine.
    package var isWildcard: Bool {
        isIPv6 ? high == 0 && low == 0 : UInt32(truncatingIfNeeded: low) == 0
    }

    /// Whether the 16 bytes are an IPv4 address's, whatever the family of the socket.
    package var isMapped: Bool { high == 0 && low & ~0xFFFF_FFFF == Self.mappedMark }

    /// Bytes 8 to 11 of an IPv4-mapped address: 00 00 ff ff.
    static let mappedMark: UInt64 = 0xFFFF_0000_0000

    /// Where the address lies in a sockaddr_in6, after family, port and flow.
    static let ipv6AddressOffset = 8
}
