internal import ResolutionProtocol

/// What is asked about names in the domain name system (RFC 1035 §4), and in what zone they lie.
struct NameQuestion: Sendable, Equatable {
    /// Types that have a name here; any other is written `TYPE65` (RFC 3597).
    static let types: [(name: String, number: UInt16)] = [
        ("A", 1), ("NS", 2), ("CNAME", 5), ("SOA", 6), ("PTR", 12), ("MX", 15), ("TXT", 16), ("AAAA", 28), ("SRV", 33),
        ("NAPTR", 35), ("DS", 43), ("HTTPS", 65), ("ANY", 255), ("URI", 256), ("CAA", 257),
    ]
    private static let nameByteCountMax = 255
    private static let labelByteCountMax = 63
    /// What stands before the name in a message without its id.
    private static let nameOffset = 10
    /// Answers of up to 1,232 bytes are taken (EDNS, RFC 6891; the size of dnsflagday.net/2020).
    private static let extensionBytes: [UInt8] = [0, 0, 41, 0x04, 0xD0, 0, 0, 0, 0, 0, 0]

    let type: UInt16
    /// In wire form, with the root at its end.
    private let zone: [UInt8]

    /// nil where `zone` is no name, or too long for one in it.
    init?(type: UInt16, zone: String = "") {
        guard let labels = Self.labels(Array(zone.utf8)) else { return nil }
        self.type = type
        self.zone = labels + [0]
        guard self.zone.count < Self.nameByteCountMax - 2 else { return nil }
    }

    /// `A`, `naptr`, `TYPE65`; nil where it is none.
    static func type(_ text: String) -> UInt16? {
        let upper = ASCIIFolding.uppercased(text)
        if let known = types.first(where: { $0.name == upper }) { return known.number }
        guard upper.hasPrefix("TYPE"), let number = UInt16(upper.dropFirst(4)), number > 0 else { return nil }
        return number
    }

    /// A query without its id: recursion desired, one question, EDNS; nil where `name` is none, or too long.
    func message(about name: [UInt8]) -> [UInt8]? {
        guard let labels = Self.labels(name), !labels.isEmpty, labels.count + zone.count <= Self.nameByteCountMax else {
            return nil
        }
        let head: [UInt8] = [0x01, 0, 0, 1, 0, 0, 0, 0, 0, 1]
        return head + labels + zone + [UInt8(type >> 8), UInt8(type & 0xFF), 0, 1] + Self.extensionBytes
    }

    /// The question section of a message that was made here.
    static func questionSection(of message: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(rebasing: message[nameOffset..<message.count - extensionBytes.count])
    }

    /// The name in a message that was made here, whole, as people write it.
    func text(of message: UnsafeRawBufferPointer) -> [UInt8] {
        Self.text(of: Array(Self.questionSection(of: message)))
    }

    private static func text(of name: [UInt8]) -> [UInt8] {
        var text: [UInt8] = []
        var rest = name[...]
        while let length = rest.first, length > 0 {
            if !text.isEmpty { text.append(UInt8(ascii: ".")) }
            text += rest.dropFirst().prefix(Int(length))
            rest = rest.dropFirst(1 + Int(length))
        }
        return text
    }

    /// A name beside one that exists, as it stands in the zone, that nobody has registered.
    func missing(nextTo known: [UInt8], number: Int, place: Int) -> [UInt8] {
        let zoneText = Self.text(of: zone)
        let own = known.dropLast(zoneText.isEmpty ? 0 : zoneText.count + 1)
        let label = Array("missing-\(number)-\(place)".utf8)
        // Where the name is too long for one more label, another takes its place.
        let isLong = own.count + label.count + zone.count > Self.nameByteCountMax - 8
        return isLong ? label : label + [UInt8(ascii: ".")] + own
    }

    /// Labels with their lengths; nil where one is empty or too long. A point at the end says nothing.
    private static func labels(_ name: [UInt8]) -> [UInt8]? {
        let text = name.last == UInt8(ascii: ".") ? name.dropLast() : name[...]
        guard !text.isEmpty else { return name.isEmpty ? [] : nil }
        var labels: [UInt8] = []
        for label in text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false) {
            guard (1...labelByteCountMax).contains(label.count) else { return nil }
            labels.append(UInt8(label.count))
            labels += label
        }
        return labels
    }
}
