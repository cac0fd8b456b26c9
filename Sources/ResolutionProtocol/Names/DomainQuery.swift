/// Questions to name servers (RFC 1035 §4.1), without the id that each sending puts in front.
public enum DomainQuery {
    /// Types that have a name here; any other is written `TYPE65` (RFC 3597).
    public static let types: [(name: String, number: UInt16)] = [
        ("A", 1), ("NS", 2), ("CNAME", 5), ("SOA", 6), ("PTR", 12), ("MX", 15), ("TXT", 16), ("AAAA", 28), ("SRV", 33),
        ("NAPTR", 35), ("DS", 43), ("HTTPS", 65), ("ANY", 255), ("URI", 256), ("CAA", 257),
    ]
    /// Naming authority pointers (RFC 3403).
    public static let namingAuthorityPointer: UInt16 = 35

    /// What stands before the name in a message without its id.
    private static let nameOffset = 10
    /// Answers of up to 1,232 bytes are taken (EDNS, RFC 6891; the size of dnsflagday.net/2020).
    private static let extensionBytes: [UInt8] = [0, 0, 41, 0x04, 0xD0, 0, 0, 0, 0, 0, 0]

    /// `A`, `naptr`, `TYPE65`; nil where it is none.
    public static func type(_ text: String) -> UInt16? {
        let upper = ASCIIFolding.uppercased(text)
        if let known = types.first(where: { $0.name == upper }) { return known.number }
        guard upper.hasPrefix("TYPE"), let number = UInt16(upper.dropFirst(4)), number > 0 else { return nil }
        return number
    }

    /// Recursion desired, one question, EDNS. `name` is in wire form with its root.
    public static func message(about name: [UInt8], type: UInt16) -> [UInt8] {
        let head: [UInt8] = [0x01, 0, 0, 1, 0, 0, 0, 0, 0, 1]
        return head + name + [UInt8(type >> 8), UInt8(type & 0xFF), 0, 1] + extensionBytes
    }

    /// The question section of a message that was made here.
    public static func questionSection(of message: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(rebasing: message[nameOffset..<message.count - extensionBytes.count])
    }
}
