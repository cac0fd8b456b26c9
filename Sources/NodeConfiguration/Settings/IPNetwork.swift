/// A block of addresses: those that share the first `prefixLength` bits with `address`.
package struct IPNetwork: Hashable, Sendable, SettingText {
    /// The block's first address.
    package let address: IPAddress
    /// 0…32 or 0…128 bits.
    package let prefixLength: Int

    /// Reads `10.0.0.0/8` or `2001:db8::/32`; an address alone is a block of one. Bits after the prefix must be zero.
    package init?(text: String) {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard let first = parts.first, let address = IPAddress(text: String(first)) else { return nil }
        let bitCount = address.bytes.count * 8
        var length = bitCount
        if parts.count == 2 {
            let digits = parts[1].utf8
            guard !digits.isEmpty, digits.allSatisfy({ $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }),
                let number = Int(parts[1]), number <= bitCount
            else { return nil }
            length = number
        }
        guard !Self.hasBits(address.bytes, after: length) else { return nil }
        self.address = address
        prefixLength = length
    }

    private init(address: [UInt8], prefixLength: Int) {
        self.address = IPAddress(bytes: address)
        self.prefixLength = prefixLength
    }

    /// 127.0.0.0/8
    static let loopback4 = IPNetwork(address: [127, 0, 0, 0], prefixLength: 8)
    /// ::1/128
    static let loopback6 = IPNetwork(address: IPAddress.loopback6.bytes, prefixLength: 128)

    /// `10.0.0.0/8`.
    package var text: String { "\(address.text)/\(prefixLength)" }

    /// Whether `address` (4 or 16 bytes) lies in the block.
    package func contains(_ address: IPAddress) -> Bool {
        guard address.bytes.count == self.address.bytes.count else { return false }
        let difference = zip(address.bytes, self.address.bytes).map { $0 ^ $1 }
        return !Self.hasBits(difference, before: prefixLength)
    }

    private static func hasBits(_ bytes: [UInt8], after length: Int) -> Bool {
        bytes.indices.contains { index in
            let kept = min(8, max(0, length - index * 8))
            return kept < 8 && bytes[index] & (0xFF >> UInt8(kept)) != 0
        }
    }

    private static func hasBits(_ bytes: [UInt8], before length: Int) -> Bool {
        bytes.indices.contains { index in
            let kept = min(8, max(0, length - index * 8))
            return kept > 0 && bytes[index] >> UInt8(8 - kept) != 0
        }
    }

    static let expectation = Wording(
        "a network such as 10.0.0.0/8 or 2001:db8::/32, with zeros after the prefix",
        "网段，例如 10.0.0.0/8 或 2001:db8::/32，前缀之后的位须为零"
    )
}
