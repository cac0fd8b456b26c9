public import ResolutionProtocol

/// What the operator wants of a prefix, as the control socket carries it.
///
///     u8 kind: 1 set, 2 withdraw, 3 withdraw even with identifiers
///     str prefix   u8 state   u8 expecting: 0 anything, 1 absent, 2 present   u8 revives withdrawn
///     u8 status, u8 hosting: 255 as it is   u8 has limits   i8 identifiers   i4 writes per second
public enum PrefixOrder: Hashable, Sendable {
    case set(PrefixTerms)
    case withdraw([UInt8], evenWithIdentifiers: Bool)

    /// The command that it comes to.
    public var change: Command.Change {
        switch self {
        case .set(let terms): .setPrefix(terms)
        case .withdraw(let prefix, let even): .removePrefix(prefix: prefix, evenWithIdentifiers: even)
        }
    }
}

extension PrefixOrder: WireCodable {
    public static var byteCountMin: Int { 5 }
    private static let asItIs: UInt8 = 255

    public init(from reader: inout WireReader) throws(WireError) {
        switch try reader.uint8() {
        case 1: self = .set(try Self.terms(from: &reader))
        case 2: self = .withdraw(try reader.lengthPrefixedBytes(), evenWithIdentifiers: false)
        case 3: self = .withdraw(try reader.lengthPrefixedBytes(), evenWithIdentifiers: true)
        default: throw .invalidField
        }
    }

    private static func terms(from reader: inout WireReader) throws(WireError) -> PrefixTerms {
        let prefix = try reader.lengthPrefixedBytes()
        guard let state = PrefixRow.State(rawValue: try reader.uint8()) else { throw .invalidField }
        var terms = PrefixTerms(prefix: prefix, state: state)
        switch try reader.uint8() {
        case 0: terms.expecting = .anything
        case 1: terms.expecting = .absent
        case 2: terms.expecting = .present
        default: throw .invalidField
        }
        terms.revivesWithdrawn = try reader.uint8() != 0
        let (status, hosting) = (try reader.uint8(), try reader.uint8())
        terms.status = PrefixStatus(rawValue: status)
        terms.hosting = HostingState(rawValue: hosting)
        guard terms.status != nil || status == asItIs, terms.hosting != nil || hosting == asItIs else {
            throw .invalidField
        }
        let limits = try reader.uint8()
        let (identifiers, writes) = (try reader.uint64(), try reader.uint32())
        if limits & 1 != 0 { terms.identifierCountMax = identifiers }
        if limits & 2 != 0 { terms.writesPerSecondMax = writes }
        return terms
    }

    public func write(to writer: inout WireWriter) {
        switch self {
        case .withdraw(let prefix, let even):
            writer.uint8(even ? 3 : 2)
            writer.lengthPrefixedBytes(prefix)
        case .set(let terms):
            writer.uint8(1)
            writer.lengthPrefixedBytes(terms.prefix)
            writer.uint8(terms.state.rawValue)
            writer.uint8(terms.expecting == .anything ? 0 : terms.expecting == .absent ? 1 : 2)
            writer.uint8(terms.revivesWithdrawn ? 1 : 0)
            writer.uint8(terms.status?.rawValue ?? Self.asItIs)
            writer.uint8(terms.hosting?.rawValue ?? Self.asItIs)
            writer.uint8((terms.identifierCountMax == nil ? 0 : 1) | (terms.writesPerSecondMax == nil ? 0 : 2))
            writer.uint64(terms.identifierCountMax ?? 0)
            writer.uint32(terms.writesPerSecondMax ?? 0)
        }
    }
}
