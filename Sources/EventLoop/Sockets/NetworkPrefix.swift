import Glibc

/// The first bits of an address: a network such as `192.0.2.0/24` or `2001:db8::/56`.
///
/// Kept like `SocketAddress`: 16 bytes in two words, IPv4 as `::ffff:a.b.c.d`, with `bitCount` counted over the 16
/// bytes (a /24 of IPv4 has 120). Bits beyond the prefix are 0, so that equal networks are equal values.
package struct NetworkPrefix: Hashable, Sendable {
    /// Bytes 0 to 7, the first byte most significant.
    package let high: UInt64
    /// Bytes 8 to 15.
    package let low: UInt64
    /// 0...128, counted over the 16 bytes.
    package let bitCount: UInt8

    /// The first `bitCount` bits of the 16 bytes; more than 128 count as 128.
    package init(high: UInt64, low: UInt64, bitCount: UInt8) {
        let bitCount = min(bitCount, 128)
        self.high = high & Self.mask(bitCount)
        self.low = low & Self.mask(bitCount > 64 ? bitCount - 64 : 0)
        self.bitCount = bitCount
    }

    /// Reads `192.0.2.0/24`, `2001:db8::/32`, or a bare address, which is a network of one. Throws `invalidAddress`.
    package init(text: String) throws(EventLoopError) {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard let host = parts.first, !host.contains("["), !host.contains("%"),
            let address = try? SocketAddress(text: String(host)),
            address.isIPv6 || !host.contains(":")
        else { throw .invalidAddress(text: text) }
        let bitCountMax: UInt8 = address.isIPv6 ? 128 : 32
        var bitCount = bitCountMax
        if parts.count == 2 {
            guard let given = UInt8(parts[1]), given <= bitCountMax, !parts[1].hasPrefix("+") else {
                throw .invalidAddress(text: text)
            }
            bitCount = given
        }
        self.init(high: address.high, low: address.low, bitCount: bitCount + (128 - bitCountMax))
    }

    /// Whether the address is in this network; its port does not matter.
    package func contains(_ address: SocketAddress) -> Bool {
        (address.high ^ high) & Self.mask(bitCount) == 0
            && (address.low ^ low) & Self.mask(bitCount > 64 ? bitCount - 64 : 0) == 0
    }

    /// The prefix as 16 bytes.
    package var bytes: [UInt8] { Self.bytes(high: high, low: low) }

    private var isIPv4: Bool { bitCount >= 96 && high == 0 && low & ~0xFFFF_FFFF == SocketAddress.mappedMark }

    /// The first `bitCount` bits of a word set; 64 and more set them all.
    private static func mask(_ bitCount: UInt8) -> UInt64 {
        bitCount >= 64 ? .max : ~(UInt64.max >> UInt64(bitCount))
    }

    static func bytes(high: UInt64, low: UInt64) -> [UInt8] {
        (0..<16).map { index in
            let word = index < 8 ? high : low
            return UInt8(truncatingIfNeeded: word >> UInt64(56 - 8 * (index & 7)))
        }
    }

    static func text(high: UInt64, low: UInt64, asIPv6: Bool) -> String {
        var words = asIPv6 ? (high.bigEndian, low.bigEndian) : (low.bigEndian >> 32, 0)
        var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        guard inet_ntop(asIPv6 ? AF_INET6 : AF_INET, &words, &text, socklen_t(text.count)) != nil else { return "" }
        return String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}

extension NetworkPrefix: CustomStringConvertible {
    /// As in `192.0.2.0/24` or `2001:db8::/56`.
    package var description: String {
        let text = Self.text(high: high, low: low, asIPv6: !isIPv4)
        return "\(text)/\(isIPv4 ? bitCount - 96 : bitCount)"
    }
}

extension SocketAddress {
    /// The /24 of an IPv4 address, the /56 of an IPv6 address: what one sender over UDP is counted and limited by.
    package var sourceNetwork: NetworkPrefix {
        NetworkPrefix(high: high, low: low, bitCount: isMapped ? 120 : 56)
    }

    /// The whole of an IPv4 address, the /56 of an IPv6 address: what connections are limited by.
    package var connectionNetwork: NetworkPrefix {
        NetworkPrefix(high: high, low: low, bitCount: isMapped ? 128 : 56)
    }
}
