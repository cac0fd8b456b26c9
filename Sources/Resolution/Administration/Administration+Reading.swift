internal import Authentication
internal import ResolutionProtocol

/// From bytes to a call: decryption, layout, session.
extension Administration {
    /// Reads `request`; nil when it has been answered, as it cannot be read or may not be acted on.
    func read(_ request: AdministrationRequest) -> AdministrationCall? {
        var reader = WireReader(request.bytes.span.bytes)
        guard let envelope = try? Envelope(from: &reader), let rest = try? reader.bytes(byteCount: reader.remaining)
        else {
            request.answer(.none)
            return nil
        }
        var call = AdministrationCall(
            request: request,
            envelope: envelope,
            header: Header(opCode: .reserved, expiration: 0),
            content: [],
            answerRequestID: envelope.requestID
        )
        call.isNational = isNational(envelope, request.peer)
        guard let plain = decrypted(rest, of: &call) else { return nil }
        guard readLayout(of: plain, into: &call) else {
            send(.refused(.protocolError, "unreadable message"), to: call)
            return nil
        }
        if call.opCode == .login, !call.peer.isDatagram { call.isNational = true }
        noteNational(call)
        if let refusal = joinSession(&call) {
            send(refusal, to: call)
            return nil
        }
        return call
    }

    /// Remembers a connection on which something is about to be agreed on. Only here: its end is reported after its
    /// requests, so what comes of them later finds it gone, and leaves nothing behind.
    private func noteNational(_ call: AdministrationCall) {
        guard call.isNational, call.opCode == .login || call.opCode == .sessionSetup,
            connections[call.peer.connection] == nil
        else { return }
        connections[call.peer.connection] = NationalConnection()
    }

    private func isNational(_ envelope: Envelope, _ peer: AdministrationPeer) -> Bool {
        guard !peer.isDatagram else { return false }
        if connections[peer.connection] != nil { return true }
        return NationalDialect.isSpoken(envelope) && envelope.sessionID != 0
            && envelope.sessionID < SessionID.leastIssued
    }

    /// The message in clear; nil when that has been refused.
    private func decrypted(_ message: [UInt8], of call: inout AdministrationCall) -> [UInt8]? {
        guard call.envelope.flags.contains(.encrypted) else { return message }
        guard let key = sessionKey(of: call) else {
            send(.refused(.sessionUnknown, "session unknown or timed out"), to: call)
            return nil
        }
        guard let plain = try? key.decrypt(message, version: call.envelope.version) else {
            send(.refused(.sessionFailed, "the message cannot be decrypted"), to: call)
            return nil
        }
        call.wasEncrypted = true
        return plain
    }

    /// The key that encrypts messages of `call`'s session.
    func sessionKey(of call: AdministrationCall) -> SessionKey? {
        let session = sessions.live(call.envelope.sessionID, seconds: now.seconds)
        if let session, session.source == call.peer.source { return session.key }
        return call.isNational ? connections[call.peer.connection]?.key : nil
    }

    /// Cuts `message` into header, body and credential.
    private func readLayout(of message: [UInt8], into call: inout AdministrationCall) -> Bool {
        var reader = WireReader(message.span.bytes)
        guard let header = try? Header(from: &reader), header.responseCode == .request else { return false }
        call.header = header
        guard Int(header.bodyLength) <= reader.remaining else { return false }
        let end = Header.byteCount + Int(header.bodyLength)
        call.content = Array(message[..<end])
        guard (try? reader.skip(Int(header.bodyLength))) != nil else { return false }
        guard reader.remaining >= 4 else { return true }
        guard let length = try? reader.length(), length == reader.remaining else { return false }
        guard length > 0 else { return true }
        guard let credential = try? Credential(from: &reader), (try? reader.finish()) != nil else { return false }
        call.credential = credential
        return true
    }

    /// Finds what the SessionId names and checks that the message is its asker's; returns the refusal, or nil.
    private func joinSession(_ call: inout AdministrationCall) -> AdministrationResponse? {
        let id = call.envelope.sessionID
        if call.isNational { call.identity = connections[call.peer.connection]?.identity }
        guard id != 0 else { return nil }
        if let session = sessions.live(id, seconds: now.seconds) { return join(session, id, &call) }
        if call.opCode == .challengeResponse, challenges.contains(id) { return nil }
        guard !call.isNational else { return nil }
        return .refused(.sessionUnknown, "session unknown or timed out")
    }

    private func join(_ session: Session, _ id: UInt32, _ call: inout AdministrationCall) -> AdministrationResponse? {
        guard session.source == call.peer.source else {
            return .refused(.sessionUnknown, "session unknown or timed out")
        }
        // Before there is a key there can be no code; the operation that brings the key proves nothing else.
        if session.awaitsKey {
            return call.opCode == .sessionExchangeKey ? nil : .refused(.sessionUnknown, "the session has no key yet")
        }
        guard let credential = call.credential else {
            figures.rejectedMessageCount += 1
            return .refused(.invalidCredential, "missing MAC")
        }
        guard isCodeRight(credential, of: call, session) else {
            figures.rejectedMessageCount += 1
            return .refused(.sessionCodeWrong, "the message's authentication code is wrong")
        }
        var isNew = false
        sessions.update(id) { isNew = $0.seen.accept(credential.sessionCounter) }
        guard isNew else {
            figures.rejectedMessageCount += 1
            return .refused(.sessionMessageRejected, "a message with this counter was seen before")
        }
        sessions.use(id, seconds: now.seconds)
        call.session = id
        call.identity = session.identity
        return nil
    }

    private func isCodeRight(_ credential: Credential, of call: AdministrationCall, _ session: Session) -> Bool {
        let message = CoveredMessage(envelope: call.envelope, headerAndBody: call.content, credential: credential)
        return (try? session.key.isValid(of: message, policy: settings.signaturePolicy)) == true
    }
}
