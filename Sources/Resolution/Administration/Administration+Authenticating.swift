internal import Authentication
internal import Cryptography
internal import ResolutionProtocol

/// Challenges, and the answers that prove who asks (security.md §2).
extension Administration {
    /// Asks who made `call` to say who it is; the call goes on when it has.
    func challenge(_ call: AdministrationCall) {
        guard let digest = digest(of: call) else {
            return send(.refused(.authenticationError, "the request's digest cannot be computed"), to: call)
        }
        let id = call.isRepeatedChallenge(in: challenges) ?? remember(call, digest)
        guard let pending = challenges[id] else { return }
        figures.challengesSentCount += 1
        var body = WireWriter(capacity: 128)
        Challenge(nonce: pending.nonce, requestDigest: digest).write(to: &body, version: call.version)
        var response = AdministrationResponse(code: .authenticationNeeded, body: [UInt8](body.bytes))
        response.statedDigest = digest
        response.sessionID = call.session ?? id
        send(response, to: call)
    }

    private func remember(_ call: AdministrationCall, _ digest: RequestDigest) -> UInt32 {
        let id = freshID()
        // The challenge answers this request; what is kept is answered by way of the proof.
        var kept = call
        kept.request.answer = { _ in }
        let challenge = PendingChallenge(
            call: kept,
            nonce: randomBytes(16),
            digest: digest,
            version: call.version,
            expiry: now.seconds + settings.challengeSeconds
        )
        challenges.insert(challenge, id: id)
        if let session = call.session { challenges.bind(id, toSession: session) }
        return id
    }

    /// The longest message that answers a challenge: a name, and the longest signature, and much to spare.
    private static let answerByteCountMax = 16_384

    /// Operation 200: finds the request that was challenged, and goes on with it where the proof is right.
    func answerChallenge(_ call: AdministrationCall) {
        guard call.request.bytes.count <= Self.answerByteCountMax, let answer = call.read(ChallengeAnswer.self) else {
            return send(.refused(.protocolError, "unreadable answer to a challenge"), to: call)
        }
        guard let kind = KeyKindAsked(answer.authenticationType) else {
            return send(.refused(.invalidCredential, "unknown kind of authentication"), to: call)
        }
        do throws(ChallengeTable.Failure) {
            let candidates = try challenges.candidates(
                forID: call.envelope.sessionID,
                session: call.session,
                seconds: now.seconds
            )
            waitYourTurn(of: answer.user, call) { $0.check(answer, kind, candidates, call) }
        } catch {
            figures.failedProofCount += 1
            let text = "the challenge has expired, was answered before, or is unknown"
            send(.refused(error == .unknown ? .sessionUnknown : .challengeExpired, text), to: call)
        }
    }

    /// Goes on at once, or later where too many proofs of this address or identity have failed.
    func waitYourTurn(
        of user: ValueReference,
        _ call: AdministrationCall,
        _ goOn: @escaping AdministrationStep
    ) {
        let source = call.peer.source
        let delay = failures.delaySeconds(source: source, identity: proofName(of: user), seconds: now.seconds)
        guard failures.begin(source: source) else { return refuseProof(call) }
        guard delay > 0 else { return goOn(self) }
        figures.delayedProofCount += 1
        guard delayed.insert(goOn, at: now.seconds + delay) else {
            failures.end(source: source)
            return refuseProof(call)
        }
    }

    private func refuseProof(_ call: AdministrationCall) {
        figures.busyCount += 1
        send(.refused(.serverBusy, "too many proofs wait here; ask again later"), to: call)
    }

    /// What stands for `user` where failed proofs are counted: short, however long its name.
    func proofName(of user: ValueReference) -> [UInt8] {
        let key = settings.folding.key(of: user.identifier)
        return (try? Digest.sha256.digest(of: key)).map { Array($0.prefix(16)) } ?? []
    }

    private func check(
        _ answer: ChallengeAnswer,
        _ kind: KeyKindAsked,
        _ candidates: [ChallengeCandidate],
        _ call: AdministrationCall
    ) {
        findKeys(of: answer.user, kind) { administration, keys in
            switch keys {
            case .elsewhere(let failure):
                administration.failures.end(source: call.peer.source)
                administration.send(.refused(.authenticationError, failure.text), to: call)
            case .found(let values):
                administration.prove(
                    ProofCheck(answer: answer, kind: kind, keys: values, candidates: candidates),
                    call
                )
            }
        }
    }

    private func prove(_ check: ProofCheck, _ call: AdministrationCall) {
        let policy = settings.signaturePolicy
        let isTaken = ports.keyWork.run {
            let outcome = check.run(policy)
            return { $0.conclude(check, outcome, call) }
        }
        guard isTaken else {
            failures.end(source: call.peer.source)
            return refuseProof(call)
        }
    }

    private func conclude(_ check: ProofCheck, _ outcome: ProofCheck.Outcome, _ call: AdministrationCall) {
        let user = check.answer.user
        let key = settings.folding.key(of: user.identifier)
        failures.end(source: call.peer.source)
        switch outcome {
        case .wrong(let text):
            figures.failedProofCount += 1
            failures.noteFailure(source: call.peer.source, identity: proofName(of: user), seconds: now.seconds)
            tell(.proofFailed(user, source: call.peer.source))
            send(.refused(.authenticationFailed, text), to: call)
        case .right(let candidate, let index, let keyDigest, let isLegacy):
            guard let challenge = challenges.settle(candidate) else {
                return send(.refused(.challengeExpired, "the challenge was answered before"), to: call)
            }
            figures.provenCount += 1
            if isLegacy {
                figures.legacyProofCount += 1
                tell(.legacyProof(user, source: call.peer.source))
            }
            failures.noteSuccess(source: call.peer.source, identity: proofName(of: user), seconds: now.seconds)
            let reference = ValueReference(identifier: user.identifier, index: index)
            let identity = Identity(reference: reference, key: key, keyDigest: keyDigest)
            goOn(challenge.call, as: identity, declaredAs: user, answer: call)
        }
    }

    /// Carries out the request that was challenged; its answer goes where the proof came from, under its RequestId.
    private func goOn(
        _ original: AdministrationCall,
        as identity: Identity,
        declaredAs user: ValueReference,
        answer: AdministrationCall
    ) {
        var call = original
        call.request.answer = answer.request.answer
        call.request.peer = answer.peer
        call.answerRequestID = answer.answerRequestID
        call.datagramNumber = answer.datagramNumber
        call.identity = identity
        call.isProven = true
        if let id = call.session, let session = sessions[id], session.declared == user {
            sessions.update(id) { $0.identity = identity }
        }
        perform(call)
    }
}

/// Which kind of key an answer to a challenge claims to hold.
enum KeyKindAsked: Sendable {
    case secret
    case publicKey

    /// Reads the name of operation 200.
    init?(_ name: [UInt8]) {
        if name == ValueType.secretKey {
            self = .secret
        } else if name == ValueType.publicKey {
            self = .publicKey
        } else {
            return nil
        }
    }

    /// The type of the values that hold such keys.
    var valueType: [UInt8] { self == .secret ? ValueType.secretKey : ValueType.publicKey }
}

extension AdministrationCall {
    /// The open challenge that an earlier copy of this datagram got, so that each copy gets the same one.
    func isRepeatedChallenge(in challenges: ChallengeTable) -> UInt32? {
        guard peer.isDatagram, session == nil else { return nil }
        return challenges.id(ofRepeated: self)
    }
}
