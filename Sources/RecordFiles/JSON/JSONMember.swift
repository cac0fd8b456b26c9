/// The member names of this format. Raw values are positions in a bit mask of what an object has had.
enum JSONMember: UInt8 {
    case identifier, values
    case index, type, data, ttl, permissions, timestamp, references
    case format, value
    case handle
    /// `row`, `code`, `message` of a rejects file.
    case ignored
    case unknown

    /// The member called `name`. The length decides first, so that at most three names are compared.
    @inline(__always)
    init(_ name: UnsafeBufferPointer<UInt8>) {
        switch name.count {
        case 3: self = name.equals("ttl") ? .ttl : name.equals("row") ? .ignored : .unknown
        case 4:
            self = name.equals("type") ? .type : name.equals("data") ? .data : name.equals("code") ? .ignored : .unknown
        case 5: self = name.equals("index") ? .index : name.equals("value") ? .value : .unknown
        case 6: self = Self.ofSix(name)
        case 7: self = name.equals("message") ? .ignored : .unknown
        case 9: self = name.equals("timestamp") ? .timestamp : .unknown
        case 10: self = name.equals("identifier") ? .identifier : name.equals("references") ? .references : .unknown
        case 11: self = name.equals("permissions") ? .permissions : .unknown
        default: self = .unknown
        }
    }

    private static func ofSix(_ name: UnsafeBufferPointer<UInt8>) -> JSONMember {
        name.equals("values") ? .values : name.equals("format") ? .format : name.equals("handle") ? .handle : .unknown
    }

    /// The bit in a mask of members seen; `handle` is another word for `identifier`.
    var bit: UInt16 { 1 << UInt16(self == .handle ? Self.identifier.rawValue : rawValue) }
}
