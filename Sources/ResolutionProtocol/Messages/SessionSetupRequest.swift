/// Body of a request to set a session up (operations.md §1, op 400; security.md §7.1).
public struct SessionSetupRequest: Hashable, Sendable {
    /// Seconds without a request after which the session may end; 0: as the server likes.
    public var timeoutSeconds: UInt32
    /// Who the session is for; see `anonymous`.
    public var identity: ValueReference
    /// How the key is exchanged.
    public var exchange: SessionExchange

    /// A request for a session.
    public init(
        timeoutSeconds: UInt32 = 86_400,
        identity: ValueReference = Self.anonymous,
        exchange: SessionExchange
    ) {
        self.timeoutSeconds = timeoutSeconds
        self.identity = identity
        self.exchange = exchange
    }

    /// The identity of a session that is nobody's: no name, and an index of all bits set.
    public static let anonymous = ValueReference(identifier: [], index: .max)

    /// Number of the mode of `exchange`.
    public var mode: UInt16 { exchange.mode }

    /// Whether the session is nobody's; goes by the name.
    public var isAnonymous: Bool { identity.identifier.isEmpty }
}

extension SessionSetupRequest: WireCodable {
    public static var byteCountMin: Int { 14 }

    /// Reads to the end of the body: only there can it be seen whether two bytes follow that belong to no field.
    public init(from reader: inout WireReader) throws(WireError) {
        let mode = try reader.uint16()
        timeoutSeconds = try reader.uint32()
        identity = try ValueReference(from: &reader)
        exchange = try SessionExchange(mode: mode, from: &reader)
    }

    public func write(to writer: inout WireWriter) {
        writer.uint16(mode)
        writer.uint32(timeoutSeconds)
        identity.write(to: &writer)
        exchange.write(to: &writer)
    }
}
