package import EventLoop

/// A network that is limited as one, in a word: the /24 of an IPv4 address, the /56 of an IPv6 address. 0 is none.
package struct SourceNetwork: Equatable, BitwiseCopyable {
    package let word: UInt64

    private static let ipv4Mark: UInt64 = 1
    private static let ipv6Mark: UInt64 = 2

    init(word: UInt64) { self.word = word }

    package init(_ address: SocketAddress) { self.init(high: address.high, low: address.low) }

    /// The network of an address in the two words of `SocketAddress`.
    init(high: UInt64, low: UInt64) {
        // Both leave the lowest eight bits free.
        let isIPv4 = high == 0 && low >> 32 == 0xFFFF
        word = isIPv4 ? (low & 0xFFFF_FF00) | Self.ipv4Mark : (high & ~0xFF) | Self.ipv6Mark
    }

    /// The network with its length.
    var prefix: NetworkPrefix {
        word & 0xFF == Self.ipv4Mark
            ? NetworkPrefix(high: 0, low: 0xFFFF_0000_0000 | (word & 0xFFFF_FF00), bitCount: 120)
            : NetworkPrefix(high: word & ~0xFF, low: 0, bitCount: 56)
    }
}
