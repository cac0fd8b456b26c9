/// A naming authority pointer: where to go on, by a rule (NAPTR, RFC 3403 §4).
public struct NamingAuthorityPointer: Hashable, Sendable {
    /// The lowest comes first; of the same order the lowest preference.
    public let order: UInt16
    /// See `order`.
    public let preference: UInt16
    /// What kind of result the rule has: `u`, an address.
    public let flags: [UInt8]
    /// What it is good for: `ORS+COID`.
    public let services: [UInt8]
    /// The rule: `!^.*$!https://example.org/!`.
    public let regularExpression: [UInt8]
    /// Another name to ask for, in wire form; the root where the rule counts.
    public let replacement: [UInt8]

    /// Reads the data in `range` of a whole message.
    init(in message: [UInt8], at range: Range<Int>) throws(WireError) {
        var reader = WireReader(message.span.bytes.extracting(range))
        order = try reader.uint16()
        preference = try reader.uint16()
        flags = try Self.text(&reader)
        services = try Self.text(&reader)
        regularExpression = try Self.text(&reader)
        let (name, end) = try DomainName.read(in: message, at: range.lowerBound + reader.offset)
        guard end == range.upperBound else { throw .invalidField }
        replacement = name
    }

    private static func text(_ reader: inout WireReader) throws(WireError) -> [UInt8] {
        try reader.bytes(byteCount: Int(try reader.uint8()))
    }

    /// Expressions that take every name as a whole.
    private static let takingAll = ["^.*$", ".*", "^.*", ".*$"].map { Array($0.utf8) }

    /// What the rule makes of any name: the information itself, as X.672 §6.3 has it; nil where the rule depends on the
    /// name. Foreign expressions are not carried out: they could take any time.
    public var information: [UInt8]? {
        guard let delimiter = regularExpression.first else { return nil }
        let parts = regularExpression.dropFirst().split(separator: delimiter, omittingEmptySubsequences: false)
        guard parts.count == 3, Self.takingAll.contains(Array(parts[0])), !parts[1].contains(UInt8(ascii: "\\")) else {
            return nil
        }
        return Array(parts[1])
    }
}
