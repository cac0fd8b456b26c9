/// What a response says (wire.md §6). Clients refuse codes that they do not know, so none are invented.
public struct ResponseCode: RawRepresentable, Hashable, Sendable, BitwiseCopyable {
    public let rawValue: UInt32
    @inlinable
    public init(rawValue: UInt32) { self.rawValue = rawValue }

    /// Marks a request.
    public static let request = ResponseCode(rawValue: 0)
    /// Done.
    public static let success = ResponseCode(rawValue: 1)
    /// General error; the text says which.
    public static let error = ResponseCode(rawValue: 2)
    /// Server too busy.
    public static let serverBusy = ResponseCode(rawValue: 3)
    /// Malformed message.
    public static let protocolError = ResponseCode(rawValue: 4)
    /// Operation not supported or denied.
    public static let operationNotSupported = ResponseCode(rawValue: 5)
    /// Recursion limit exceeded.
    public static let recursionLimitExceeded = ResponseCode(rawValue: 6)
    /// Server read-only, in maintenance or disabled.
    public static let serverReadOnly = ResponseCode(rawValue: 7)
    /// Identifier not found.
    public static let identifierNotFound = ResponseCode(rawValue: 100)
    /// Identifier exists already.
    public static let identifierExists = ResponseCode(rawValue: 101)
    /// Not a valid identifier.
    public static let invalidIdentifier = ResponseCode(rawValue: 102)
    /// The identifier exists, the values asked for do not.
    public static let valuesNotFound = ResponseCode(rawValue: 200)
    /// Value exists already.
    public static let valueExists = ResponseCode(rawValue: 201)
    /// Not a valid value.
    public static let invalidValue = ResponseCode(rawValue: 202)
    /// The site record that the client used is out of date.
    public static let siteInfoOutOfDate = ResponseCode(rawValue: 300)
    /// This server is not responsible for the identifier.
    public static let notResponsible = ResponseCode(rawValue: 301)
    /// Another service is responsible; the body says which.
    public static let serviceReferral = ResponseCode(rawValue: 302)
    /// Another service holds the derived prefixes; the body says which.
    public static let prefixReferral = ResponseCode(rawValue: 303)
    /// Not an administrator for this operation.
    public static let notAdministrator = ResponseCode(rawValue: 400)
    /// Permission is missing.
    public static let insufficientPermission = ResponseCode(rawValue: 401)
    /// Authentication needed: the body is a challenge.
    public static let authenticationNeeded = ResponseCode(rawValue: 402)
    /// The proof is wrong.
    public static let authenticationFailed = ResponseCode(rawValue: 403)
    /// The credential is missing or of unknown kind.
    public static let invalidCredential = ResponseCode(rawValue: 404)
    /// The challenge has expired or was answered before.
    public static let challengeExpired = ResponseCode(rawValue: 405)
    /// Something unexpected happened while authenticating.
    public static let authenticationError = ResponseCode(rawValue: 406)
    /// The session is unknown or has timed out.
    public static let sessionUnknown = ResponseCode(rawValue: 500)
    /// The session could not be set up, or a message of it not be decrypted.
    public static let sessionFailed = ResponseCode(rawValue: 501)
    /// A message's authentication code is wrong.
    public static let sessionCodeWrong = ResponseCode(rawValue: 502)
    /// A message of a session was seen before.
    public static let sessionMessageRejected = ResponseCode(rawValue: 505)
    /// National dialect: too many requests.
    public static let requestLimitReached = ResponseCode(rawValue: 603)
    /// National dialect: too many identifiers.
    public static let registrationLimitReached = ResponseCode(rawValue: 604)
    /// National dialect: the prefix's limit.
    public static let prefixLimitReached = ResponseCode(rawValue: 605)
}

extension ResponseCode {
    /// As it is written in a message of `version`: below 2.5, 7 goes as 303 and 202 as 201 (wire.md §6).
    public func encoded(for version: ProtocolVersion) -> ResponseCode {
        guard version < ProtocolVersion(2, 5) else { return self }
        switch self {
        case .serverReadOnly: return .prefixReferral
        case .invalidValue: return .valueExists
        default: return self
        }
    }

    /// What a code read in a message of `version` means: below 2.5, 303 is "read-only".
    public func decoded(from version: ProtocolVersion) -> ResponseCode {
        version < ProtocolVersion(2, 5) && self == .prefixReferral ? .serverReadOnly : self
    }

    /// Whether the body is an error's: a text, and in 3.0 perhaps indexes behind it.
    public var hasErrorBody: Bool {
        switch self {
        case .request, .success, .serviceReferral, .prefixReferral, .authenticationNeeded: false
        default: true
        }
    }
}
