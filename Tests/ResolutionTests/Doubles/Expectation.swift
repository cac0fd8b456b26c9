import Resolution
import ResolutionProtocol
import Testing

/// What `request` should be answered with by a node of `TestNode`, every field spelt out.
func expectedAnswer(
    to request: Message,
    _ code: ResponseCode,
    _ body: MessageBody,
    version: ProtocolVersion = .newest,
    flags: OpFlags = [.authoritative, .recursive, .cacheCertify, .publicOnly],
    digest: RequestDigest? = nil
) -> Message {
    Message(
        envelope: Envelope(
            version: version,
            suggestedVersion: ProtocolVersion(2, 11),
            sessionID: request.envelope.sessionID,
            requestID: request.envelope.requestID
        ),
        header: Header(
            opCode: request.header.opCode,
            responseCode: code,
            flags: flags,
            siteInfoSerial: TestNode.serial,
            recursionCount: request.header.recursionCount,
            expiration: 1_700_000_000 + 43_200
        ),
        requestDigest: digest,
        body: body
    )
}

/// Compares a whole answer: decoded field by field, and its bytes.
func expect(_ reply: Reply, _ expected: Message, sourceLocation: SourceLocation = #_sourceLocation) {
    let wire = expected.wire
    #expect(reply.message == (try? Message(wire: wire)), sourceLocation: sourceLocation)
    #expect(reply.bytes == wire, sourceLocation: sourceLocation)
    #expect(reply.code == expected.header.responseCode, sourceLocation: sourceLocation)
    #expect(reply.slot.silence == .none, sourceLocation: sourceLocation)
}

/// Asks over TCP and compares with a success of these values in the asker's spelling.
func expectValues(
    of node: TestNode,
    _ request: Message,
    _ values: [HandleValue],
    sourceLocation: SourceLocation = #_sourceLocation
) {
    guard case .resolve(let asked) = request.body else { return #expect(Bool(false), "not a request to resolve") }
    let body = MessageBody.resolved(ResolutionAnswer(identifier: asked.identifier, values: values))
    expect(
        node.reply(to: request),
        expectedAnswer(to: request, .success, body),
        sourceLocation: sourceLocation
    )
}

/// Asks over TCP and compares with an error of `code` and exactly this text.
func expectError(
    of node: TestNode,
    _ request: Message,
    _ code: ResponseCode,
    _ text: String,
    sourceLocation: SourceLocation = #_sourceLocation
) {
    let body = MessageBody.error(ErrorBody(message: Array(text.utf8)))
    let flags = OpFlags([.authoritative, .recursive])
        .union(request.header.flags.intersection([.cacheCertify, .publicOnly, .doNotRefer, .certify]))
    expect(
        node.reply(to: request),
        expectedAnswer(to: request, code, body, flags: flags),
        sourceLocation: sourceLocation
    )
}
