public import ResolutionProtocol

/// A message as its credential sees it: what is covered, octet by octet as it was sent, and the credential.
public struct CoveredMessage: Hashable, Sendable {
    /// The 20 bytes in front.
    public var envelope: Envelope
    /// Header and body as they were sent; with the envelope's numbers all that a credential covers.
    public var headerAndBody: [UInt8]
    /// The proof of who made it; nil: unsigned.
    public var credential: Credential?

    /// Puts the parts together.
    public init(envelope: Envelope, headerAndBody: [UInt8], credential: Credential? = nil) {
        self.envelope = envelope
        self.headerAndBody = headerAndBody
        self.credential = credential
    }

    /// Cuts a whole message, not encrypted, without reading its body.
    public init(wire bytes: [UInt8]) throws(WireError) {
        let span = bytes.span
        var reader = WireReader(span.bytes)
        let envelope = try Envelope(from: &reader)
        guard reader.remaining == Int(envelope.messageLength) else {
            throw reader.remaining < Int(envelope.messageLength) ? .truncated : .trailingBytes
        }
        try self.init(envelope: envelope, from: &reader)
    }

    /// Cuts what follows `envelope`, to the end of `reader`.
    public init(envelope: Envelope, from reader: inout WireReader) throws(WireError) {
        var ahead = reader
        let bodyLength = Int(try Header(from: &ahead).bodyLength)
        let headerAndBody = try reader.bytes(byteCount: Header.byteCount + bodyLength)
        self.init(envelope: envelope, headerAndBody: headerAndBody, credential: try Credential(after: &reader))
    }

    /// `message` as it is written.
    public init(_ message: Message) throws(WireError) {
        try self.init(wire: message.wire)
    }
}
