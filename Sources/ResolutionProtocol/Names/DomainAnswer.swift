/// An answer of a name server, read as a whole (RFC 1035 §4.1).
public struct DomainAnswer: Hashable, Sendable {
    /// What the server says of the question.
    public enum Code: UInt8, Sendable {
        case done = 0
        case formatError = 1
        case serverFailure = 2
        case nameNotFound = 3
        case notImplemented = 4
        case refused = 5
    }

    /// The longest chain of other names that is followed.
    private static let aliasCountMax = 16

    /// The response code; 0...15.
    public let code: UInt8
    /// Whether it was cut short, so that it has to be asked for over TCP.
    public let isCut: Bool
    /// Whether the server is the zone's own.
    public let isAuthoritative: Bool
    /// The records of the answer section.
    public let records: [DomainRecord]

    /// Reads `message`, where it is an answer to the question that `query` (without its id) asks under `id`.
    ///
    /// nil: it is another's, or no answer; such messages are passed over. Throws where it is ours and cannot be read.
    public init?(_ message: [UInt8], to query: [UInt8], id: UInt16) throws(WireError) {
        var reader = WireReader(message.span.bytes)
        guard let given = try? reader.uint16(), given == id, let flags = try? reader.uint16(), flags & 0xF800 == 0x8000
        else { return nil }
        code = UInt8(flags & 0xF)
        isCut = flags & 0x0200 != 0
        isAuthoritative = flags & 0x0400 != 0
        let questionCount = try reader.uint16()
        let recordCount = Int(try reader.uint16())
        try reader.skip(4)
        let asked = query.withUnsafeBytes { Array(DomainQuery.questionSection(of: $0)) }
        // A server that cannot read the question may leave it out.
        if questionCount > 0 {
            let start = reader.offset
            guard questionCount == 1, message.count - start >= asked.count,
                ASCIIFolding.areEqual(message[start..<(start + asked.count)], asked[...])
            else { return nil }
            try reader.skip(asked.count)
        } else if code == 0 {
            throw .invalidField
        }
        var records: [DomainRecord] = []
        // What was cut short may end within a record.
        for _ in 0..<(isCut ? 0 : recordCount) { records.append(try DomainRecord(from: &reader, in: message)) }
        self.records = records
    }

    /// The pointers of `name`, or of what it is another name for; in the order in which they count.
    public func pointers(of name: [UInt8]) -> [(pointer: NamingAuthorityPointer, ttlSeconds: UInt32)] {
        var owner = name
        for _ in 0..<Self.aliasCountMax {
            let own = records.filter { ASCIIFolding.areEqual($0.owner[...], owner[...]) }
            let target = own.lazy.compactMap { record -> [UInt8]? in
                if case .alias(let name) = record.content { name } else { nil }
            }.first
            guard let target else { return Self.pointers(in: own) }
            owner = target
        }
        return []
    }

    private static func pointers(
        in records: [DomainRecord]
    ) -> [(pointer: NamingAuthorityPointer, ttlSeconds: UInt32)] {
        records.compactMap { record -> (pointer: NamingAuthorityPointer, ttlSeconds: UInt32)? in
            if case .pointer(let pointer) = record.content { (pointer, record.ttlSeconds) } else { nil }
        }.sorted { ($0.pointer.order, $0.pointer.preference) < ($1.pointer.order, $1.pointer.preference) }
    }
}
