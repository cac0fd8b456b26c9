/// A whole message as clients, tools and tests handle it; the query path of the node never makes one.
///
///     envelope 20 | header 24 | [request digest] body | credential length 4 | credential
public struct Message: Hashable, Sendable {
    /// The 20 bytes in front. Its `messageLength` is set when the message is written.
    public var envelope: Envelope
    /// The 24 bytes behind it. Its `bodyLength` is set when the message is written.
    public var header: Header
    /// Digest of the request that this answers; nil: none, or the body is a challenge, which holds it itself.
    public var requestDigest: RequestDigest?
    /// What it says.
    public var body: MessageBody
    /// Who says so; nil: unsigned.
    public var credential: Credential?

    /// Puts a message together.
    public init(
        envelope: Envelope,
        header: Header,
        requestDigest: RequestDigest? = nil,
        body: MessageBody,
        credential: Credential? = nil
    ) {
        self.envelope = envelope
        self.header = header
        self.requestDigest = requestDigest
        self.body = body
        self.credential = credential
    }

    /// Reads a message that is whole: an envelope and as many bytes as it announces.
    public init(wire bytes: [UInt8]) throws(WireError) {
        let span = bytes.span
        var reader = WireReader(span.bytes)
        let envelope = try Envelope(from: &reader)
        guard reader.remaining == Int(envelope.messageLength) else {
            throw reader.remaining < Int(envelope.messageLength) ? .truncated : .trailingBytes
        }
        try self.init(envelope: envelope, from: &reader)
    }

    /// Reads what follows `envelope`, to the end of `reader`.
    public init(envelope: Envelope, from reader: inout WireReader) throws(WireError) {
        self.envelope = envelope
        header = try Header(from: &reader)
        let bodyLength = try Self.bodyLength(of: header, remaining: reader.remaining)
        var bodyReader = WireReader(try reader.span(byteCount: bodyLength))
        if Self.hasDigest(header) { requestDigest = try RequestDigest(from: &bodyReader) }
        body = try MessageBody(from: &bodyReader, header: header, version: envelope.version)
        try bodyReader.finish()
        credential = try Credential(after: &reader)
    }

    /// The message as it goes over TCP: one envelope and everything behind it.
    public var wire: [UInt8] {
        var writer = WireWriter(capacity: 512)
        write(to: &writer)
        return [UInt8](writer.bytes)
    }

    /// Appends the message, with the lengths as they come out.
    public func write(to writer: inout WireWriter) {
        let start = writer.count
        envelope.write(to: &writer)
        header.write(to: &writer)
        let bodyStart = writer.count
        requestDigest?.write(to: &writer)
        body.write(to: &writer, version: envelope.version)
        writer.overwriteUInt32(UInt32(truncatingIfNeeded: writer.count - bodyStart), at: bodyStart - 4)
        writeCredential(to: &writer)
        let messageLength = writer.count - start - Envelope.byteCount
        writer.overwriteUInt32(UInt32(truncatingIfNeeded: messageLength), at: start + Envelope.byteCount - 4)
    }

    private func writeCredential(to writer: inout WireWriter) {
        let lengthOffset = writer.count
        writer.uint32(0)
        guard let credential else { return }
        credential.write(to: &writer)
        writer.overwriteUInt32(UInt32(truncatingIfNeeded: writer.count - lengthOffset - 4), at: lengthOffset)
    }

    /// Whether a digest stands in front of the body: asked for, a response, and not a challenge (which holds it
    /// itself).
    private static func hasDigest(_ header: Header) -> Bool {
        header.flags.contains(.requestDigest) && header.responseCode != .request
            && header.responseCode != .authenticationNeeded
    }

    private static func bodyLength(of header: Header, remaining: Int) throws(WireError) -> Int {
        guard header.bodyLength <= UInt32(Envelope.messageLengthMax) else { throw .lengthOutOfRange }
        guard Int(header.bodyLength) <= remaining else { throw .truncated }
        return Int(header.bodyLength)
    }
}
