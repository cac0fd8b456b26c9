import Resolution
import ResolutionProtocol

/// One request as a test sends it: bytes, and who sends them how.
struct Asked {
    var bytes: [UInt8]
    var origin = OriginClass.external
    var isDatagram = false
    var source = QuerySource(high: 0, low: 0x0000_FFFF_C000_0201, prefixLength: 128)
    var port: UInt16 = 40_000

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    init(_ message: Message) { bytes = message.wire }

    /// The same over UDP.
    var overUDP: Asked {
        var asked = self
        asked.isDatagram = true
        return asked
    }

    func from(_ origin: OriginClass) -> Asked {
        var asked = self
        asked.origin = origin
        return asked
    }

    func from(_ source: QuerySource, port: UInt16 = 40_000) -> Asked {
        var asked = self
        asked.source = source
        asked.port = port
        return asked
    }
}

extension Message {
    /// A request to resolve `identifier`.
    static func resolve(
        _ identifier: String,
        indexes: [UInt32] = [],
        types: [String] = [],
        version: ProtocolVersion = .newest,
        suggested: ProtocolVersion? = nil,
        flags: OpFlags = .requestDefault,
        requestID: UInt32 = 0x0102_0304
    ) -> Message {
        resolve(
            bytes: Array(identifier.utf8),
            indexes: indexes,
            types: types.map { Array($0.utf8) },
            version: version,
            suggested: suggested,
            flags: flags,
            requestID: requestID
        )
    }

    static func resolve(
        bytes identifier: [UInt8],
        indexes: [UInt32] = [],
        types: [[UInt8]] = [],
        version: ProtocolVersion = .newest,
        suggested: ProtocolVersion? = nil,
        flags: OpFlags = .requestDefault,
        requestID: UInt32 = 0x0102_0304
    ) -> Message {
        Message(
            envelope: Envelope(version: version, suggestedVersion: suggested ?? version, requestID: requestID),
            header: Header(opCode: .resolution, flags: flags, expiration: 0x6500_0000),
            body: .resolve(
                ResolutionRequest(identifier: identifier, indexes: indexes, types: types.map { WireText($0) })
            )
        )
    }

    /// A request of another operation.
    static func operation(_ opCode: UInt32, body: [UInt8] = [], requestID: UInt32 = 0x0102_0304) -> Message {
        Message(
            envelope: Envelope(requestID: requestID),
            header: Header(opCode: OpCode(rawValue: opCode), expiration: 0x6500_0000),
            body: .bytes(body)
        )
    }
}
