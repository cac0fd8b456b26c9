/// What a request asks for (wire.md §5). An operation that we do not know keeps its number.
public struct OpCode: RawRepresentable, Hashable, Sendable, BitwiseCopyable {
    public let rawValue: UInt32
    @inlinable
    public init(rawValue: UInt32) { self.rawValue = rawValue }

    /// Not an operation: what a refusal of an unreadable message carries.
    public static let reserved = OpCode(rawValue: 0)
    /// Resolve an identifier.
    public static let resolution = OpCode(rawValue: 1)
    /// The server's own site record.
    public static let getSiteInfo = OpCode(rawValue: 2)
    /// Create an identifier.
    public static let createIdentifier = OpCode(rawValue: 100)
    /// Delete an identifier.
    public static let deleteIdentifier = OpCode(rawValue: 101)
    /// Add values.
    public static let addValue = OpCode(rawValue: 102)
    /// Remove values.
    public static let removeValue = OpCode(rawValue: 103)
    /// Modify values.
    public static let modifyValue = OpCode(rawValue: 104)
    /// List the identifiers of a prefix.
    public static let listIdentifiers = OpCode(rawValue: 105)
    /// List derived prefixes (3.0 only).
    public static let listDerivedPrefixes = OpCode(rawValue: 106)
    /// Answer to a challenge.
    public static let challengeResponse = OpCode(rawValue: 200)
    /// Verify the answer to a challenge for another server.
    public static let verifyChallenge = OpCode(rawValue: 201)
    /// Home a prefix.
    public static let homePrefix = OpCode(rawValue: 300)
    /// Unhome a prefix.
    public static let unhomePrefix = OpCode(rawValue: 301)
    /// List homed prefixes.
    public static let listHomedPrefixes = OpCode(rawValue: 302)
    /// Set a session up.
    public static let sessionSetup = OpCode(rawValue: 400)
    /// End a session.
    public static let sessionTerminate = OpCode(rawValue: 401)
    /// Exchange a session key.
    public static let sessionExchangeKey = OpCode(rawValue: 402)
    /// Next transaction number.
    public static let nextTransactionID = OpCode(rawValue: 1000)
    /// Transaction log.
    public static let retrieveTransactions = OpCode(rawValue: 1001)
    /// All identifiers.
    public static let dumpIdentifiers = OpCode(rawValue: 1002)
    /// Backup.
    public static let backupServer = OpCode(rawValue: 1003)
    /// Log-in of the national SDK.
    public static let login = OpCode(rawValue: 2001)

    /// Many changes in one request: ours (docs/protocol-extensions.md).
    public static let apply = OpCode(rawValue: 9001)
    /// References followed from identifier to identifier: ours (docs/protocol-extensions.md).
    public static let trace = OpCode(rawValue: 9002)
    /// What a node has counted, to the level above: ours.
    public static let report = OpCode(rawValue: 9003)
}

extension OpCode {
    /// Every operation the protocol defines.
    public static let all: [OpCode] = [
        .resolution, .getSiteInfo, .createIdentifier, .deleteIdentifier, .addValue, .removeValue, .modifyValue,
        .listIdentifiers, .listDerivedPrefixes, .challengeResponse, .verifyChallenge, .homePrefix, .unhomePrefix,
        .listHomedPrefixes, .sessionSetup, .sessionTerminate, .sessionExchangeKey, .nextTransactionID,
        .retrieveTransactions, .dumpIdentifiers, .backupServer, .login,
    ]

    /// Whether anyone may ask it: resolution and site info.
    @inlinable
    public var isPublicQuestion: Bool { rawValue == 1 || rawValue == 2 }

    /// Whether it is one of ours on the public ports, which the protocol does not define.
    @inlinable
    public var isOurs: Bool { rawValue >= 9001 && rawValue <= 9003 }

    /// Whether UDP carries it without special configuration: resolution, site info, challenge answer, verify.
    @inlinable
    public var isCarriedByUDP: Bool {
        switch rawValue {
        case 1, 2, 200, 201: true
        default: false
        }
    }
}
