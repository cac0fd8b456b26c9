internal import ResolutionProtocol

/// What each operation does. Another operation is another branch here.
extension Administration {
    /// Carries out `call`, as far as what is known of its asker allows.
    func perform(_ call: AdministrationCall) {
        switch call.opCode {
        case .resolution: resolve(call)
        case .getSiteInfo: send(AdministrationResponse(code: .success, body: settings.site.wire), to: call)
        case .challengeResponse: answerChallenge(call)
        case .verifyChallenge: verifyForAnother(call)
        case .login: logIn(call)
        case .sessionSetup: setUpSession(call)
        case .sessionExchangeKey: takeSessionKey(call)
        case .sessionTerminate: endSession(call)
        case .createIdentifier, .deleteIdentifier, .addValue, .removeValue, .modifyValue: change(call)
        case .apply: apply(call)
        case .trace: trace(call)
        case .report: takeReport(call)
        case .listIdentifiers, .listDerivedPrefixes: listIdentifiers(call)
        case .listHomedPrefixes: listHomedPrefixes(call)
        case .homePrefix, .unhomePrefix: home(call)
        case .backupServer: backUp(call)
        default: send(.refused(.operationNotSupported, "operation not supported by this server"), to: call)
        }
    }

    /// The asker's identity; nil: it has been asked for, and the call goes on when it is there.
    func identify(_ call: AdministrationCall) -> Identity? {
        if let identity = call.identity { return identity }
        challenge(call)
        return nil
    }

    func refuse(_ call: AdministrationCall, _ refusal: AdministrationRefusal) { send(refusal.response, to: call) }

    func refuseUnreadable(_ call: AdministrationCall) {
        send(.refused(.protocolError, "unreadable request"), to: call)
    }
}
