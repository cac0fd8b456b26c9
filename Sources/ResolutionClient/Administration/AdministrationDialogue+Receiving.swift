internal import Authentication
internal import Cryptography
internal import ResolutionProtocol

extension AdministrationDialogue {
    /// Takes a whole message. Throws where the connection is of no use any more.
    package mutating func take(_ wire: [UInt8], nowSeconds: UInt32) throws(AskFailure) -> [Event] {
        let envelope = try AnswerCheck.envelope(of: wire)
        guard let pending = waiting[envelope.requestID] else { throw .wrongRequestID(envelope.requestID) }
        do throws(AskFailure) {
            let covered = try opened(wire, envelope, of: pending)
            let answer = try Self.message(covered)
            if !pending.isOfLostSession(answer) {
                try pending.check(for: answer).judge(answer, nowSeconds: nowSeconds)
            }
            try requireProof(of: covered, answer, for: pending)
            return try dispatch(answer, pending)
        } catch {
            waiting[envelope.requestID] = nil
            if case .farewell = pending.purpose { session = nil }
            guard case .caller = pending.purpose else { return failAll(error) }
            return [.failed(requestID: pending.requestID, error)]
        }
    }

    /// The message in clear.
    private func opened(
        _ wire: [UInt8],
        _ envelope: Envelope,
        of pending: PendingRequest
    ) throws(AskFailure) -> CoveredMessage {
        guard !envelope.flags.contains(.compressed) else { throw .notPlain }
        var plain = Array(wire.dropFirst(Envelope.byteCount))
        if envelope.flags.contains(.encrypted) {
            guard let session = pending.session, session.id == envelope.sessionID,
                let decrypted = try? session.key.decrypt(plain, version: envelope.version)
            else { throw .notPlain }
            plain = decrypted
        }
        do throws(WireError) {
            var reader = WireReader(plain.span.bytes)
            return try CoveredMessage(envelope: envelope, from: &reader)
        } catch {
            throw .malformed(error)
        }
    }

    private static func message(_ covered: CoveredMessage) throws(AskFailure) -> Message {
        do throws(WireError) {
            let bytes = covered.headerAndBody + UInt32(0).wire
            var reader = WireReader(bytes.span.bytes)
            var message = try Message(envelope: covered.envelope, from: &reader)
            message.credential = covered.credential
            return message
        } catch {
            throw .malformed(error)
        }
    }

    /// Checks who made an answer. A session's answers bear its code; what the server cannot say in the session, because
    /// it has lost it, can be said by anyone and changes nothing but that there is a new one. An answer that is played
    /// again finds no request that waits for it.
    private func requireProof(
        of covered: CoveredMessage,
        _ answer: Message,
        for pending: PendingRequest
    ) throws(AskFailure) {
        guard pending.isCertified else { return }
        if let session = pending.session {
            if answer.header.responseCode.endsSession { return }
            if (try? session.key.isValid(of: covered)) == true, covered.envelope.sessionID == session.id { return }
        }
        if case .unchecked = settings.trust, pending.session == nil { return }
        guard let siteKey else { throw .noSiteKey }
        guard (try? MessageSignature.isValid(of: covered, key: siteKey)) == true else { throw .unproven }
    }

    private mutating func dispatch(_ answer: Message, _ pending: PendingRequest) throws(AskFailure) -> [Event] {
        let isMore = answer.header.flags.contains(.continued)
        if !isMore { waiting[answer.envelope.requestID] = nil }
        switch pending.purpose {
        case .siteKey: try takeSiteKey(answer)
        case .session(let agreement): try takeSession(answer, agreement)
        case .farewell: session = nil
        case .caller: return try hand(answer, to: pending, isMore: isMore)
        }
        return []
    }

    /// Hands an answer on, unless there is something to do about it.
    private mutating func hand(
        _ answer: Message,
        to pending: PendingRequest,
        isMore: Bool
    ) throws(AskFailure) -> [Event] {
        if case .challenge(let challenge) = answer.body, key != nil, !pending.isBeingProven {
            try prove(pending, challenge, answer.envelope)
            return []
        }
        let code = answer.header.responseCode
        if code.endsSession, let own = pending.session {
            if session?.id == own.id { session = nil }
            if !pending.hasChangedSession, !pending.hasParts {
                var again = pending
                again.hasChangedSession = true
                requeue(again)
                return []
            }
        }
        if pending.isBeingProven, !code.isRefusalOfProof { session?.isProven = true }
        if isMore { waiting[answer.envelope.requestID]?.hasParts = true }
        return [.answer(requestID: pending.requestID, answer, isLast: !isMore)]
    }

    /// Takes the server's key from its site record.
    private mutating func takeSiteKey(_ answer: Message) throws(AskFailure) {
        isPreparing = false
        guard case .siteInfo(let site) = answer.body,
            let data = site.servers.first(where: { !$0.publicKey.isEmpty })?.publicKey,
            let key = try? PublicKey.registered(data)
        else { throw .noSiteKey }
        siteKey = key
    }

    private mutating func takeSession(_ answer: Message, _ agreement: SessionAgreement) throws(AskFailure) {
        isPreparing = false
        guard case .sessionSetUp(let body) = answer.body else {
            throw .sessionRefused(answer.header.responseCode, text: answer.refusalText)
        }
        do throws(ProofRefusal) {
            let key = try agreement.key(answeredWith: body.data, version: answer.envelope.version)
            session = ClientSession(id: answer.envelope.sessionID, key: key)
        } catch {
            throw .keyUnusable(error)
        }
    }
}

extension PendingRequest {
    /// Whether the server says that it has lost the session. Of a request that was encrypted in it, it cannot tell the
    /// operation: it answers with 0.
    fileprivate func isOfLostSession(_ answer: Message) -> Bool {
        session != nil && answer.header.responseCode.endsSession && answer.header.opCode.rawValue == 0
    }
}

extension ResponseCode {
    /// Whether the session is of no use any more: it is unknown, or the two sides disagree about it.
    fileprivate var endsSession: Bool { (500..<600).contains(rawValue) }

    /// Whether the proof itself was refused, rather than the request.
    fileprivate var isRefusalOfProof: Bool { (402...406).contains(rawValue) || self == .serverBusy }
}
