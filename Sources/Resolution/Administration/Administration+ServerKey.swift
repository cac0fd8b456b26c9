internal import Authentication
internal import Cryptography
internal import ResolutionProtocol

/// Mode 2 of a session's set-up: the client chooses the key and encrypts it under the server's (security.md §7.1).
extension Administration {
    /// Answers with the node's own key, where it is an RSA key; the session begins when the client's key is there.
    func offerOwnKey(_ request: SessionSetupRequest, _ call: AdministrationCall) {
        guard let siteKey, siteKey.kind == .rsa, let data = try? siteKey.publicKey.registeredForm() else {
            return refuseSession(call, "the node has no RSA key; use Diffie-Hellman")
        }
        guard let placeholder = try? SessionKey.random(.aes) else {
            return refuseSession(call, "no key can be made")
        }
        // Nobody knows the placeholder: until the key has been exchanged every code is wrong but that operation's.
        let id = insertSession(placeholder, request, call)
        sessions.update(id) { $0.awaitsKey = true }
        var response = AdministrationResponse(
            code: .success,
            body: SessionSetupAnswer(mode: request.mode, data: data).wire
        )
        response.usesSessionKey = false
        response.sessionID = id
        send(response, to: call)
    }

    /// Operation 402: the client's key.
    func takeSessionKey(_ call: AdministrationCall) {
        let id = call.envelope.sessionID
        guard let request = call.read(KeyExchangeRequest.self) else { return refuseUnreadable(call) }
        guard let siteKey, let session = sessions[id], session.awaitsKey, session.source == call.peer.source else {
            return send(.refused(.sessionUnknown, "no session awaits a key"), to: call)
        }
        let isTaken = ports.keyWork.run {
            // Whoever sent something else is not told so: its next message's code is wrong.
            let key = (try? SessionKey(encrypted: request.encryptedKey, for: siteKey)) ?? (try? SessionKey.random(.aes))
            return { $0.begin(id, with: key, call) }
        }
        guard !isTaken else { return }
        figures.busyCount += 1
        send(.refused(.serverBusy, "too many sessions are being set up; ask again later"), to: call)
    }

    private func begin(_ id: UInt32, with key: SessionKey?, _ call: AdministrationCall) {
        guard let key, let session = sessions[id], session.awaitsKey else {
            return refuseSession(call, "no session awaits a key")
        }
        figures.sessionsSetUpCount += 1
        sessions.update(id) { $0 = session.with(key) }
        var response = AdministrationResponse.done
        response.usesSessionKey = false
        response.sessionID = id
        send(response, to: call)
    }
}

extension Session {
    /// The same session, begun with `key`.
    fileprivate func with(_ key: SessionKey) -> Session {
        Session(
            key: key,
            declared: declared,
            source: source,
            idleSecondsMax: idleSecondsMax,
            lastUsed: lastUsed
        )
    }
}
