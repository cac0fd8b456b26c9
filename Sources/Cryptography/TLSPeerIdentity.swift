/// An administrator as a certificate's subject names one: `300:0.NA/88.118` (security.md §8).
public struct TLSPeerIdentity: Hashable, Sendable {
    /// The index of the value with the public key; 0 stands for any.
    public let index: UInt32
    /// The identifier that holds the value; its grammar is not checked here.
    public let identifier: [UInt8]

    /// Reads `index:identifier`: up to ten decimal digits, and a byte at least after the colon. Nil for anything else.
    public init?(_ text: [UInt8]) {
        guard let colon = text.prefix(11).firstIndex(of: UInt8(ascii: ":")), colon > 0, colon + 1 < text.count else {
            return nil
        }
        var index: UInt64 = 0
        for digit in text[..<colon] {
            guard digit >= UInt8(ascii: "0"), digit <= UInt8(ascii: "9") else { return nil }
            index = index * 10 + UInt64(digit - UInt8(ascii: "0"))
        }
        guard let index = UInt32(exactly: index) else { return nil }
        self.index = index
        identifier = Array(text[(colon + 1)...])
    }
}
