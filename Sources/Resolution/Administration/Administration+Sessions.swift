internal import Authentication
internal import Cryptography
internal import ResolutionProtocol

/// Setting sessions up and ending them, the log-in of the national SDK, and answering for secrets kept here
/// (security.md §7, operations.md §10).
extension Administration {
    /// Operation 400.
    func setUpSession(_ call: AdministrationCall) {
        guard let request = call.read(SessionSetupRequest.self) else { return refuseUnreadable(call) }
        switch request.exchange {
        case .diffieHellman(let publicKey):
            agree(.diffieHellman(publicKey), request, call)
        case .clientKey(let publicKey):
            agree(.encrypted(under: publicKey), request, call)
        case .registeredKey(let reference):
            findKeys(of: reference, .publicKey) { administration, keys in
                guard case .found(let values) = keys, let value = values.first else {
                    return administration.refuseSession(call, "the key that is named cannot be found")
                }
                administration.agree(.encrypted(under: value.data), request, call)
            }
        case .serverKey: offerOwnKey(request, call)
        case .unknown: refuseSession(call, "unknown way to exchange a session's key")
        }
    }

    func refuseSession(_ call: AdministrationCall, _ text: String) {
        send(.refused(.sessionFailed, text), to: call)
    }

    /// Computes the key on the key thread and opens the session.
    private func agree(_ agreement: KeyAgreement, _ request: SessionSetupRequest, _ call: AdministrationCall) {
        let version = call.version
        let cipher: SessionCipher = call.isNational ? .sm4 : .aes
        let bitCountMin = settings.diffieHellmanBitCountMin
        let isTaken = ports.keyWork.run {
            let agreed = agreement.run(cipher, version, diffieHellmanBitCountMin: bitCountMin)
            return { $0.open(agreed, request, call) }
        }
        guard isTaken else {
            figures.busyCount += 1
            return send(.refused(.serverBusy, "too many sessions are being set up; ask again later"), to: call)
        }
    }

    private func open(
        _ agreed: Result<KeyAgreement.Agreed, AdministrationRefusal>,
        _ request: SessionSetupRequest,
        _ call: AdministrationCall
    ) {
        switch agreed {
        case .failure(let refusal): refuse(call, refusal)
        case .success(let agreed):
            figures.sessionsSetUpCount += 1
            // What the call was encrypted with says nothing about how this answer goes.
            let body = SessionSetupAnswer(mode: request.mode, data: agreed.data).wire
            var response = AdministrationResponse(code: .success, body: body)
            response.usesSessionKey = false
            if call.isNational {
                send(response, to: call)
                keepNational(agreed.key, call)
            } else {
                response.sessionID = insertSession(agreed.key, request, call)
                send(response, to: call)
            }
        }
    }

    private func keepNational(_ key: SessionKey, _ call: AdministrationCall) {
        connections[call.peer.connection]?.key = key
    }

    /// Opens a session of `request`, and returns its id.
    func insertSession(_ key: SessionKey, _ request: SessionSetupRequest, _ call: AdministrationCall) -> UInt32 {
        let id = freshID()
        let wanted = request.timeoutSeconds == 0 ? settings.sessionSecondsMax : UInt64(request.timeoutSeconds)
        let session = Session(
            key: key,
            declared: request.isAnonymous ? nil : request.identity,
            source: call.peer.source,
            idleSecondsMax: min(settings.sessionSecondsMax, wanted),
            lastUsed: now.seconds
        )
        sessions.insert(session, id: id)
        return id
    }

    /// Operation 401. The message's code has been checked.
    func endSession(_ call: AdministrationCall) {
        guard let id = call.session else {
            send(call.isNational ? .done : .refused(.sessionUnknown, "no session"), to: call)
            if call.isNational { connections[call.peer.connection] = NationalConnection() }
            return
        }
        send(.done, to: call)
        sessions.remove(id)
    }

    /// Operation 2001: the connection is its asker's from then on, whatever session ids it chooses (security.md §7.5).
    func logIn(_ call: AdministrationCall) {
        guard !call.peer.isDatagram else {
            return send(.refused(.protocolError, "log-in binds a connection; use TCP"), to: call)
        }
        if let refusal = refusalOfTransport(call) { return refuse(call, refusal) }
        guard let request = call.read(LoginRequest.self) else { return refuseUnreadable(call) }
        // A success without a challenge is a failure to this client, so each log-in proves anew.
        guard let identity = call.identity, call.isProven else {
            var fresh = call
            fresh.identity = nil
            return challenge(fresh)
        }
        let isSame = identity.key == settings.folding.key(of: request.user.identifier)
        guard isSame, request.user.index == 0 || request.user.index == identity.reference.index else {
            return send(.refused(.authenticationFailed, "the proof is another identity's"), to: call)
        }
        guard connections[call.peer.connection] != nil else {
            return send(.refused(.authenticationFailed, "the proof came by another connection"), to: call)
        }
        connections[call.peer.connection]?.identity = identity
        send(.done, to: call)
    }

    /// The longest question about an answer to a challenge.
    private static let questionByteCountMax = 16_384

    /// Operation 201: whether an answer to a challenge is what a secret kept here yields.
    func verifyForAnother(_ call: AdministrationCall) {
        guard call.request.bytes.count <= Self.questionByteCountMax,
            let question = call.read(ChallengeVerification.self)
        else { return refuseUnreadable(call) }
        guard isOurs(question.secret.identifier) else {
            return send(.refused(.notResponsible, "not responsible for this prefix"), to: call)
        }
        waitYourTurn(of: question.secret, call) { $0.verify(question, call) }
    }

    private func verify(_ question: ChallengeVerification, _ call: AdministrationCall) {
        let answer = ChallengeAnswer(
            authenticationType: ValueType.secretKey,
            user: question.secret,
            answer: question.answer
        )
        let candidate = ChallengeCandidate(
            id: 0,
            taken: nil,
            nonce: question.nonce,
            digest: question.requestDigest
        )
        findKeys(of: question.secret, .secret) { administration, keys in
            guard case .found(let values) = keys else { return administration.conclude(false, question, call) }
            let check = ProofCheck(answer: answer, kind: .secret, keys: values, candidates: [candidate])
            let policy = administration.settings.signaturePolicy
            let isTaken = administration.ports.keyWork.run {
                let outcome = check.run(policy)
                return { $0.conclude(outcome.isRight, question, call) }
            }
            guard !isTaken else { return }
            administration.failures.end(source: call.peer.source)
            administration.figures.busyCount += 1
            administration.send(.refused(.serverBusy, "too many proofs are under way; ask again later"), to: call)
        }
    }

    private func conclude(_ isRight: Bool, _ question: ChallengeVerification, _ call: AdministrationCall) {
        failures.end(source: call.peer.source)
        let identity = proofName(of: question.secret)
        if isRight {
            figures.provenCount += 1
        } else {
            figures.failedProofCount += 1
            failures.noteFailure(source: call.peer.source, identity: identity, seconds: now.seconds)
        }
        send(AdministrationResponse(code: .success, body: [isRight ? 1 : 0]), to: call)
    }
}

extension ProofCheck.Outcome {
    fileprivate var isRight: Bool {
        if case .right = self { true } else { false }
    }
}
