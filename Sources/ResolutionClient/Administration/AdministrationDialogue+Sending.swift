internal import Authentication
internal import ResolutionProtocol

extension AdministrationDialogue {
    /// Whether requests of the caller may go; what has to be known or agreed on before is asked for.
    mutating func isReady() throws(AskFailure) -> Bool {
        guard openCount > 0, !isPreparing else { return false }
        if case .shown = settings.trust, siteKey == nil, usesSession || settings.certifies {
            isPreparing = true
            let question = Message.request(.getSiteInfo, body: .name(.unnamed), requestID: freshID())
            try send(PendingRequest(question, purpose: .siteKey))
            return false
        }
        guard usesSession, session == nil else { return true }
        isPreparing = true
        try askForSession()
        return false
    }

    private mutating func askForSession() throws(AskFailure) {
        let agreement: SessionAgreement
        do throws(ProofRefusal) { agreement = try SessionAgreement() } catch { throw .keyUnusable(error) }
        let body = SessionSetupRequest(
            timeoutSeconds: settings.sessionSeconds,
            identity: key?.reference ?? SessionSetupRequest.anonymous,
            exchange: agreement.exchange
        )
        let request = Message.request(
            .sessionSetup,
            body: .setUpSession(body),
            flags: [.certify, .requestDigest],
            requestID: freshID()
        )
        try send(PendingRequest(request, purpose: .session(agreement)))
    }

    /// Sends a request as it is, with a code where there is a session.
    mutating func send(_ pending: PendingRequest) throws(AskFailure) {
        var pending = pending
        pending.session = session.map { ($0.id, $0.key) }
        let envelope = Envelope(sessionID: session?.id ?? 0, requestID: pending.requestID)
        try write(pending.content, envelope, isEncrypted: pending.isConfidential)
        waiting[pending.requestID] = pending
    }

    /// Answers `challenge`, which `pending` got; its answer comes under another RequestId.
    mutating func prove(
        _ pending: PendingRequest,
        _ challenge: Challenge,
        _ asked: Envelope
    ) throws(AskFailure) {
        guard let key else { return }
        // Never a signature under what we did not ask for.
        guard (try? challenge.requestDigest.matches(pending.content)) == true else {
            throw .challengeOfAnotherRequest
        }
        let answer = try key.answer(challenge, version: asked.proofVersion)
        let flags: OpFlags = pending.isCertified ? [.certify] : []
        let body = MessageBody.challengeAnswer(answer)
        let proof = PendingRequest(
            .request(.challengeResponse, body: body, flags: flags, requestID: freshID())
        )
        var pending = pending
        pending.proofCheck = proof.check
        let envelope = Envelope(sessionID: asked.sessionID, requestID: proof.requestID)
        try write(proof.content, envelope, isEncrypted: false)
        waiting[proof.requestID] = pending
    }

    private mutating func write(_ content: [UInt8], _ envelope: Envelope, isEncrypted: Bool) throws(AskFailure) {
        var envelope = envelope
        var credential: Credential?
        let hasCode = session.map { $0.id == envelope.sessionID } ?? false
        if hasCode {
            credential = try session?.credential(for: CoveredMessage(envelope: envelope, headerAndBody: content))
        }
        var writer = WireWriter(capacity: content.count + 256)
        writer.bytes(content)
        writer.lengthPrefixedBytes(credential?.wire ?? [])
        var bytes = [UInt8](writer.bytes)
        if isEncrypted, hasCode, let key = session?.key {
            guard let encrypted = try? key.encrypt(bytes, version: envelope.version) else { throw .notPlain }
            bytes = encrypted
            envelope.flags.insert(.encrypted)
        }
        envelope.messageLength = UInt32(truncatingIfNeeded: bytes.count)
        output += envelope.wire
        output += bytes
    }
}
