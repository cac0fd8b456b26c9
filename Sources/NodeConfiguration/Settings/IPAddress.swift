import Glibc

/// An IPv4 or IPv6 address without port or zone.
package struct IPAddress: Hashable, Sendable, SettingText {
    /// 4 or 16 bytes in network order.
    package let bytes: [UInt8]

    /// Reads `192.0.2.1` or `2001:db8::1`; an IPv4 address in IPv6 dress (`::ffff:192.0.2.1`) counts as IPv4.
    package init?(text: String) {
        // inet_pton takes a C string and would not see what follows a NUL.
        guard !text.utf8.contains(0) else { return nil }
        var (four, six) = (in_addr(), in6_addr())
        if inet_pton(AF_INET, text, &four) == 1 {
            bytes = withUnsafeBytes(of: four) { Array($0) }
        } else if inet_pton(AF_INET6, text, &six) == 1 {
            let bytes = withUnsafeBytes(of: six) { Array($0) }
            let isMapped = bytes.starts(with: Self.mappedHead)
            self.bytes = isMapped ? Array(bytes.dropFirst(Self.mappedHead.count)) : bytes
        } else {
            return nil
        }
    }

    init(bytes: [UInt8]) { self.bytes = bytes }

    /// 127.0.0.1
    static let loopback4 = IPAddress(bytes: [127, 0, 0, 1])
    /// ::1
    static let loopback6 = IPAddress(bytes: Array(repeating: 0, count: 15) + [1])

    private static let mappedHead: [UInt8] = Array(repeating: 0, count: 10) + [0xFF, 0xFF]

    /// Whether it is one of the 16-byte kind.
    package var isIPv6: Bool { bytes.count == 16 }

    /// The address in its usual form (RFC 5952 for IPv6).
    package var text: String {
        var buffer = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        guard inet_ntop(isIPv6 ? AF_INET6 : AF_INET, bytes, &buffer, socklen_t(buffer.count)) != nil else { return "" }
        return String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    static let expectation = Wording(
        "an IP address such as 192.0.2.1 or 2001:db8::1",
        "IP 地址，例如 192.0.2.1 或 2001:db8::1"
    )
}
