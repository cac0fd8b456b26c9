/// A resource record of an answer (RFC 1035 §4.1.3).
public struct DomainRecord: Hashable, Sendable {
    /// What the record says, of the types that are read here.
    public enum Content: Hashable, Sendable {
        /// The owner is another name for this one.
        case alias([UInt8])
        /// A naming authority pointer.
        case pointer(NamingAuthorityPointer)
        /// Something else.
        case other
    }

    private static let alias: UInt16 = 5
    private static let internet: UInt16 = 1

    /// Whose it is, in wire form.
    public let owner: [UInt8]
    /// How long it may be kept, in seconds.
    public let ttlSeconds: UInt32
    /// What it says.
    public let content: Content

    /// Reads the record at the reader's place in `message`, which the reader goes through.
    init(from reader: inout WireReader, in message: [UInt8]) throws(WireError) {
        let (owner, end) = try DomainName.read(in: message, at: reader.offset)
        try reader.skip(end - reader.offset)
        self.owner = owner
        let type = try reader.uint16()
        let isInternet = try reader.uint16() == Self.internet
        ttlSeconds = try reader.uint32()
        let byteCount = Int(try reader.uint16())
        let start = reader.offset
        try reader.skip(byteCount)
        switch type {
        case Self.alias where isInternet:
            let (name, end) = try DomainName.read(in: message, at: start)
            guard end == start + byteCount else { throw .invalidField }
            content = .alias(name)
        case DomainQuery.namingAuthorityPointer where isInternet:
            content = .pointer(try NamingAuthorityPointer(in: message, at: start..<(start + byteCount)))
        default: content = .other
        }
    }

    /// Goes over a record without reading it, its owner's name among it; allocates nothing.
    public static func skip(_ reader: inout WireReader) throws(WireError) {
        while true {
            let length = try reader.uint8()
            if length == 0 { break }
            // A pointer to what stood before ends a name (RFC 1035 §4.1.4).
            if length & 0xC0 == 0xC0 {
                try reader.skip(1)
                break
            }
            guard length & 0xC0 == 0 else { throw .invalidField }
            try reader.skip(Int(length))
        }
        try reader.skip(8)
        try reader.skip(Int(try reader.uint16()))
    }
}
