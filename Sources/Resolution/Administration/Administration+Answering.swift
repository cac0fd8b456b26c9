internal import Authentication
internal import Cryptography
internal import ResolutionProtocol

/// From a response to bytes on their way: header, digest, authentication code or signature, encryption.
extension Administration {
    /// Sends `response` to who made `call`; `more` is asked for the next part, where more follows.
    func send(
        _ response: AdministrationResponse,
        to call: AdministrationCall,
        more: (@Sendable () -> Void)? = nil
    ) {
        if mustBeSmall(response, to: call) { return sendSmall(response, to: call) }
        let envelope = Envelope(
            version: call.version,
            sessionID: response.sessionID ?? call.envelope.sessionID,
            requestID: call.answerRequestID
        )
        let content = content(of: response, to: call)
        guard content.count <= Envelope.messageLengthMax - 4_096 else {
            return send(.refused(.error, "the answer is longer than a message may be"), to: call)
        }
        let draft = AnswerDraft(response: response, envelope: envelope, content: content, more: more)
        guard call.flags.contains(.certify), !call.isNational else { return finish(draft, credential: nil, to: call) }
        if response.usesSessionKey, let session = call.session {
            finish(draft, credential: code(for: draft, session: session), to: call)
        } else {
            sign(draft, for: call)
        }
    }

    /// Whether it is an error to a datagram whose sender has proven nothing: it is not made larger than its request.
    private func mustBeSmall(_ response: AdministrationResponse, to call: AdministrationCall) -> Bool {
        call.peer.isDatagram && call.session == nil && call.identity == nil && response.code.hasErrorBody
    }

    /// Sends an error that is not larger than its request: its text is cut, then the request's digest left out. One
    /// that would have to be signed is not sent at all: unsigned its asker could not believe it, and over TCP it gets
    /// it.
    private func sendSmall(_ response: AdministrationResponse, to call: AdministrationCall) {
        guard !call.flags.contains(.certify) else { return deliver(.none, to: call) }
        let room = call.request.bytes.count - Envelope.byteCount - Header.byteCount - 8
        guard room >= 0 else { return deliver(.none, to: call) }
        let digest = call.flags.contains(.requestDigest) ? self.digest(of: call) : nil
        let digestByteCount = digest.map { $0.wire.count } ?? 0
        let hasDigest = digestByteCount <= room
        var small = response
        let text = response.body.dropFirst(4).prefix(hasDigest ? room - digestByteCount : room)
        small.body = WireText(Array(text)).wire
        let envelope = Envelope(
            version: call.version,
            sessionID: call.envelope.sessionID,
            requestID: call.answerRequestID
        )
        let content = content(of: small, to: call, hasDigest: hasDigest)
        finish(AnswerDraft(response: small, envelope: envelope, content: content, more: nil), credential: nil, to: call)
    }

    private func content(
        of response: AdministrationResponse,
        to call: AdministrationCall,
        hasDigest: Bool = true
    ) -> [UInt8] {
        var flags = call.flags.intersection(.echoed).subtracting(.overwrite).union(response.flags)
        flags.insert(.recursive)
        if settings.site.isPrimary, !response.isOthers { flags.insert(.authoritative) }
        let isDigestWanted = hasDigest && call.flags.contains(.requestDigest)
        let digest = response.statedDigest ?? (isDigestWanted ? self.digest(of: call) : nil)
        if digest != nil, response.statedDigest == nil || call.version.hasDigestOctet { flags.insert(.requestDigest) }
        var body = WireWriter(capacity: response.body.count + 64, byteCountMax: 2 * Envelope.messageLengthMax)
        if response.statedDigest == nil { digest?.write(to: &body) }
        body.bytes(response.body)
        var writer = WireWriter(capacity: body.count + Header.byteCount, byteCountMax: 2 * Envelope.messageLengthMax)
        Header(
            opCode: call.opCode,
            responseCode: response.code.encoded(for: call.version),
            flags: flags,
            siteInfoSerial: settings.site.serialNumber,
            recursionCount: call.header.recursionCount,
            expiration: UInt32(truncatingIfNeeded: now.unixSeconds) &+ Header.lifetimeSeconds,
            bodyLength: UInt32(truncatingIfNeeded: body.count)
        ).write(to: &writer)
        writer.span(body.bytes)
        return [UInt8](writer.bytes)
    }

    /// The digest of a call's header and body, in the form of its answer's version.
    func digest(of call: AdministrationCall) -> RequestDigest? {
        try? RequestDigest(of: call.content, version: call.version)
    }

    /// The code that proves an answer to be of `session`.
    private func code(for draft: AnswerDraft, session id: UInt32) -> Credential? {
        sessions.update(id) { $0.sentCount &+= 1 }
        guard let session = sessions[id] else { return nil }
        return try? session.key.credential(for: draft.message, counter: session.sentCount)
    }

    /// Has the answer signed with the node's key. One that cannot be signed says so instead: an unsigned one would be
    /// refused by its asker without a reason.
    private func sign(_ draft: AnswerDraft, for call: AdministrationCall) {
        guard let siteKey else { return finish(draft, credential: nil, to: call) }
        let byteCount = draft.content.count
        let hasRoom = signingByteCount + byteCount <= settings.signingByteCountMax
        let isTaken =
            hasRoom
            && ports.keyWork.run {
                let credential = try? MessageSignature.credential(for: draft.message, key: siteKey)
                return {
                    $0.signingByteCount -= byteCount
                    $0.finish(draft, credential: credential, to: call)
                }
            }
        guard !isTaken else {
            signingByteCount += byteCount
            return
        }
        figures.busyCount += 1
        let refusal = AdministrationResponse.refused(.serverBusy, "too many signatures are asked for; ask again later")
        let content = content(of: refusal, to: call)
        finish(
            AnswerDraft(response: refusal, envelope: draft.envelope, content: content, more: nil),
            credential: nil,
            to: call
        )
    }

    /// Puts the message together and gives it to the way back.
    func finish(_ draft: AnswerDraft, credential: Credential?, to call: AdministrationCall) {
        var message = WireWriter(capacity: draft.content.count + 512, byteCountMax: 2 * Envelope.messageLengthMax)
        message.bytes(draft.content)
        message.lengthPrefixedBytes(credential?.wire ?? [])
        var envelope = draft.envelope
        var bytes = [UInt8](message.bytes)
        if encrypts(draft.response, for: call) {
            // A session that has ended meanwhile has no key any more, and what is to be secret does not go in clear.
            guard let encrypted = try? answerKey(for: call)?.encrypt(bytes, version: call.version) else {
                return refuseInClear(call)
            }
            bytes = encrypted
            envelope.flags.insert(.encrypted)
        }
        envelope.messageLength = UInt32(truncatingIfNeeded: bytes.count)
        let wire = envelope.wire + bytes
        guard !isTooLargeForDatagram(wire, call) else { return deliver(.none, to: call) }
        let answer = AdministrationAnswer(
            bytes: wire,
            code: draft.response.code.rawValue,
            more: draft.more,
            idleSecondsMax: idleSecondsMax(of: call)
        )
        deliver(answer, to: call)
    }

    /// How long the connection of `call` may idle: as long as the session that is used on it, or as any session where
    /// its asker is logged in on the connection itself.
    private func idleSecondsMax(of call: AdministrationCall) -> UInt64? {
        if call.opCode == .sessionTerminate { return 0 }
        if call.isNational {
            return connections[call.peer.connection]?.identity == nil ? 0 : settings.sessionSecondsMax
        }
        guard let id = call.session, let session = sessions[id], session.identity != nil else { return nil }
        return session.idleSecondsMax
    }

    /// Says that the session is over, to one whose answer could not be encrypted.
    private func refuseInClear(_ call: AdministrationCall) {
        var response = AdministrationResponse.refused(.sessionUnknown, "the session has ended")
        response.usesSessionKey = false
        var call = call
        call.session = nil
        call.identity = nil
        send(response, to: call)
    }

    /// A session encrypts what was asked to be encrypted, and, from 2.8 on, what not everyone may read (security.md
    /// §7.3).
    private func encrypts(_ response: AdministrationResponse, for call: AdministrationCall) -> Bool {
        guard response.usesSessionKey else { return false }
        if call.isNational { return call.wasEncrypted }
        guard call.session != nil else { return false }
        return call.wasEncrypted || call.flags.contains(.encrypt)
            || response.isConfidential && call.version >= ProtocolVersion(2, 8)
    }

    private func answerKey(for call: AdministrationCall) -> SessionKey? {
        if let session = call.session { return sessions[session]?.key }
        return call.isNational ? connections[call.peer.connection]?.key : nil
    }

    /// Over UDP nothing is sent that takes more packets than the query path sends.
    private func isTooLargeForDatagram(_ wire: [UInt8], _ call: AdministrationCall) -> Bool {
        call.peer.isDatagram
            && Packets.count(messageByteCount: wire.count - Envelope.byteCount)
                > responder.settings.answerPacketCountMax
    }
}

/// An answer that lacks nothing but what proves it.
struct AnswerDraft: Sendable {
    let response: AdministrationResponse
    let envelope: Envelope
    let content: [UInt8]
    let more: (@Sendable () -> Void)?

    /// What a credential covers.
    var message: CoveredMessage { CoveredMessage(envelope: envelope, headerAndBody: content) }
}

extension AdministrationAnswer {
    /// Nothing is sent.
    static let none = AdministrationAnswer(bytes: [], code: 0)
}
