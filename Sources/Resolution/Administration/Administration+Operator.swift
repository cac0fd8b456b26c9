internal import Authentication
internal import ResolutionProtocol

/// What comes in by the control socket: whoever may open that may do everything, so nothing has to be proven.
extension Administration {
    /// Carries out the message of `request` as the node's operator.
    public func takeFromOperator(_ request: AdministrationRequest, now: BatchTime) {
        self.now = now
        figures.requestCount += 1
        guard let message = try? CoveredMessage(wire: request.bytes),
            let header = try? Header(wire: Array(message.headerAndBody.prefix(Header.byteCount))),
            header.responseCode == .request
        else { return request.answer(.none) }
        perform(
            AdministrationCall(
                request: request,
                envelope: message.envelope,
                header: header,
                content: message.headerAndBody,
                answerRequestID: message.envelope.requestID,
                identity: .nodeOperator
            )
        )
    }

    /// Changes the terms of a prefix, which no operation of the protocol does.
    public func setPrefix(
        _ change: Command.Change,
        unixSeconds: UInt64,
        then: @escaping @Sendable (Result<CommandOutcome, ChangeLogError>) -> Void
    ) {
        let post = ports.post
        let command = Command(change, unixSeconds: unixSeconds, origin: Array("idctl prefix".utf8))
        let isTaken = ports.changes.append(command) { result in
            post { administration in administration.reloadPrefixes { _ in then(result) } }
        }
        if !isTaken { then(.failure(.closed)) }
    }
}

extension Identity {
    /// Whoever may open the control socket.
    static let nodeOperator = Identity(
        reference: ValueReference(identifier: Array("control socket".utf8), index: 0),
        key: Array("control socket".utf8),
        keyDigest: [UInt8](repeating: 0, count: 8)
    )

    var isNodeOperator: Bool { self == .nodeOperator }
}
