package import ResolutionProtocol

/// What came of one identifier that a trace asked for.
package enum TraceFinding: Hashable, Sendable {
    /// What of its values the asker may read.
    case found([HandleValue], isStale: Bool = false)
    /// Who refers to it, where references are followed backwards, and what of its own values the asker may read.
    case referrers([TraceLink], [HandleValue], isWhole: Bool)
    /// No values, with the code of the answer; 0: there was no answer.
    case none(TraceState, ResponseCode)

    /// What `code` says of an identifier for which no values came: `unreachable` where nobody is known to have judged
    /// it.
    package init(refusal code: ResponseCode) {
        switch code {
        case .identifierNotFound, .invalidIdentifier: self = .none(.notFound, code)
        // It is there, and nothing of it is for everyone.
        case .valuesNotFound, .notAdministrator, .insufficientPermission, .authenticationNeeded,
            .authenticationFailed, .invalidCredential, .challengeExpired, .authenticationError:
            self = .none(.denied, code)
        default: self = .none(.unreachable, code)
        }
    }

    /// No answer came.
    package static let silence = TraceFinding.none(.unreachable, .request)

    /// The values that came.
    var values: [HandleValue]? {
        switch self {
        case .found(let values, _), .referrers(_, let values, _): values
        case .none: nil
        }
    }
}
