internal import Cryptography
public import ResolutionProtocol

/// Who made a change, by which key, from where, in which request, and what it did: the origin of a command in the
/// change log (user-experience A14).
///
///     u8  1             tells it from the free text of offline tools
///     str identifier, i4 index, 8 octets       who, and the digest of the key; empty, 0 and zeros for everyone
///     16 octets, i2, u8                        address, port, transport (0 UDP, 1 TCP, 2 TLS)
///     i4  request id, i4 operation
///     16 octets, 16 octets                     SHA-256 of the values before and after, cut; zeros for none
public struct Audit: Hashable, Sendable {
    /// First octet of an audit line.
    static let version: UInt8 = 1

    /// Who; nil: everyone may make such a change.
    public var administrator: ValueReference?
    /// First eight octets of the SHA-256 of the key's data.
    public var keyDigest: [UInt8]
    /// From where.
    public var source: QuerySource
    public var port: UInt16
    /// 0 UDP, 1 TCP, 2 TLS.
    public var transport: UInt8
    /// In which request.
    public var requestID: UInt32
    public var opCode: OpCode
    /// What the values were and are; nil: there were or are none.
    public var before: [UInt8]?
    public var after: [UInt8]?

    init(_ plan: ChangePlan, _ call: AdministrationCall) {
        self.init(call, identity: plan.identity, before: plan.before, after: plan.after)
    }

    init(_ call: AdministrationCall, identity: Identity?, before: [HandleValue]?, after: [HandleValue]?) {
        administrator = identity?.reference
        keyDigest = identity?.keyDigest ?? [UInt8](repeating: 0, count: 8)
        source = call.peer.source
        port = call.peer.port
        transport = call.peer.isDatagram ? 0 : call.peer.isSecured ? 2 : 1
        requestID = call.envelope.requestID
        opCode = call.opCode
        self.before = before.flatMap(Self.digest)
        self.after = after.flatMap(Self.digest)
    }

    /// Whether the node's operator asked for it, by the control socket.
    public var isOfOperator: Bool { administrator == Identity.nodeOperator.reference }

    /// SHA-256 of `values` in wire form, its first 16 octets; nil: it could not be made.
    static func digest(_ values: [HandleValue]) -> [UInt8]? {
        var writer = WireWriter(capacity: 512, byteCountMax: 4 << 20)
        writer.array(values)
        return (try? Digest.sha256.digest(of: writer.bytes)).map { Array($0.prefix(16)) }
    }

    /// The line as it stands in the log.
    public var bytes: [UInt8] {
        var writer = WireWriter(capacity: 128)
        writer.uint8(Self.version)
        (administrator ?? ValueReference(identifier: [], index: 0)).write(to: &writer)
        writer.bytes(keyDigest)
        writer.uint64(source.high)
        writer.uint64(source.low)
        writer.uint16(port)
        writer.uint8(transport)
        writer.uint32(requestID)
        writer.uint32(opCode.rawValue)
        writer.bytes(before ?? Self.none)
        writer.bytes(after ?? Self.none)
        return [UInt8](writer.bytes)
    }

    private static let none = [UInt8](repeating: 0, count: 16)

    /// Reads the line of an entry's origin; nil: it is the free text of a tool.
    public init?(origin: [UInt8]) {
        var reader = WireReader(origin.span.bytes)
        guard (try? reader.uint8()) == Self.version, let fields = try? Self.fields(from: &reader) else { return nil }
        self = fields
    }

    private static func fields(from reader: inout WireReader) throws(WireError) -> Audit {
        let who = try ValueReference(from: &reader)
        let keyDigest = try reader.bytes(byteCount: 8)
        let source = QuerySource(high: try reader.uint64(), low: try reader.uint64(), prefixLength: 128)
        let (port, transport) = (try reader.uint16(), try reader.uint8())
        let (requestID, opCode) = (try reader.uint32(), OpCode(rawValue: try reader.uint32()))
        let (before, after) = (try reader.bytes(byteCount: 16), try reader.bytes(byteCount: 16))
        try reader.finish()
        return Audit(
            administrator: who.identifier.isEmpty ? nil : who,
            keyDigest: keyDigest,
            source: source,
            port: port,
            transport: transport,
            requestID: requestID,
            opCode: opCode,
            before: before == none ? nil : before,
            after: after == none ? nil : after
        )
    }

    private init(
        administrator: ValueReference?,
        keyDigest: [UInt8],
        source: QuerySource,
        port: UInt16,
        transport: UInt8,
        requestID: UInt32,
        opCode: OpCode,
        before: [UInt8]?,
        after: [UInt8]?
    ) {
        self.administrator = administrator
        self.keyDigest = keyDigest
        self.source = source
        self.port = port
        self.transport = transport
        self.requestID = requestID
        self.opCode = opCode
        self.before = before
        self.after = after
    }
}
