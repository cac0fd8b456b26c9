/// What a message says, by operation and response code (operations.md §1).
public enum MessageBody: Hashable, Sendable {
    /// Request, op 1.
    case resolve(ResolutionRequest)
    /// Request, ops 2, 101, 105, 106, 300, 301, 302, 401, 1000, 1003.
    case name(NameRequest)
    /// Request, ops 100, 102, 104.
    case values(ValuesRequest)
    /// Request, op 103.
    case indexes(IndexesRequest)
    /// Request, op 200.
    case challengeAnswer(ChallengeAnswer)
    /// Request, op 201.
    case verifyChallenge(ChallengeVerification)
    /// Request, op 400.
    case setUpSession(SessionSetupRequest)
    /// Request, op 402.
    case exchangeKey(KeyExchangeRequest)
    /// Request, op 2001.
    case login(LoginRequest)
    /// Success, op 1.
    case resolved(ResolutionAnswer)
    /// Success, op 2: the record runs to the end of the body.
    case siteInfo(SiteInfo)
    /// Success, op 100: the final name; old servers send none.
    case created(WireText?)
    /// Success, ops 105, 106, 302.
    case names([WireText])
    /// Success, op 201.
    case verified(Bool)
    /// Success, op 400.
    case sessionSetUp(SessionSetupAnswer)
    /// Success, op 1000.
    case transactionNumber(UInt64)
    /// Any error code.
    case error(ErrorBody)
    /// Codes 302 and 303.
    case referral(Referral)
    /// Code 402.
    case challenge(Challenge)
    /// Success of operations that say no more, and requests whose layout is not known here: the bytes.
    case bytes([UInt8])
}

extension MessageBody {
    /// Reads the body that belongs to `header` from `reader`, which holds it and nothing else.
    init(from reader: inout WireReader, header: Header, version: ProtocolVersion) throws(WireError) {
        let code = header.responseCode.decoded(from: version)
        if code == .request {
            self = try MessageBody(requestFrom: &reader, opCode: header.opCode)
        } else if code == .success {
            self = try MessageBody(successFrom: &reader, opCode: header.opCode)
        } else if code == .authenticationNeeded {
            self = .challenge(try Challenge(from: &reader, version: version))
        } else if code.hasErrorBody {
            self = .error(try ErrorBody(from: &reader))
        } else {
            self = .referral(try Referral(from: &reader))
        }
    }

    private init(requestFrom reader: inout WireReader, opCode: OpCode) throws(WireError) {
        switch opCode {
        case .resolution: self = .resolve(try ResolutionRequest(from: &reader))
        case .getSiteInfo, .deleteIdentifier, .listIdentifiers, .listDerivedPrefixes, .homePrefix, .unhomePrefix,
            .listHomedPrefixes, .sessionTerminate, .nextTransactionID, .backupServer:
            self = .name(try NameRequest(from: &reader))
        case .createIdentifier, .addValue, .modifyValue: self = .values(try ValuesRequest(from: &reader))
        case .removeValue: self = .indexes(try IndexesRequest(from: &reader))
        case .challengeResponse: self = .challengeAnswer(try ChallengeAnswer(from: &reader))
        case .verifyChallenge: self = .verifyChallenge(try ChallengeVerification(from: &reader))
        case .sessionSetup: self = .setUpSession(try SessionSetupRequest(from: &reader))
        case .sessionExchangeKey: self = .exchangeKey(try KeyExchangeRequest(from: &reader))
        case .login: self = .login(try LoginRequest(from: &reader))
        default: self = .bytes(try reader.bytes(byteCount: reader.remaining))
        }
    }

    private init(successFrom reader: inout WireReader, opCode: OpCode) throws(WireError) {
        switch opCode {
        case .resolution: self = .resolved(try ResolutionAnswer(from: &reader))
        case .getSiteInfo: self = .siteInfo(try SiteInfo(from: &reader))
        case .createIdentifier: self = .created(reader.remaining > 0 ? try WireText(from: &reader) : nil)
        case .listIdentifiers, .listDerivedPrefixes, .listHomedPrefixes: self = .names(try reader.array())
        case .verifyChallenge: self = .verified(try reader.uint8() != 0)
        case .sessionSetup: self = .sessionSetUp(try SessionSetupAnswer(from: &reader))
        case .nextTransactionID where reader.remaining > 0: self = .transactionNumber(try reader.uint64())
        default: self = .bytes(try reader.bytes(byteCount: reader.remaining))
        }
    }

    func write(to writer: inout WireWriter, version: ProtocolVersion) {
        switch self {
        case .created(let name): name?.write(to: &writer)
        case .names(let names): writer.array(names)
        case .verified(let isValid): writer.uint8(isValid ? 1 : 0)
        case .transactionNumber(let number): writer.uint64(number)
        case .challenge(let challenge): challenge.write(to: &writer, version: version)
        case .bytes(let bytes): writer.bytes(bytes)
        default: layout?.write(to: &writer)
        }
    }

    /// The body, where it is one layout that does not depend on the version.
    private var layout: (any WireCodable)? {
        switch self {
        case .resolve(let request): request
        case .name(let request): request
        case .values(let request): request
        case .indexes(let request): request
        case .challengeAnswer(let answer): answer
        case .verifyChallenge(let verification): verification
        case .setUpSession(let request): request
        case .exchangeKey(let request): request
        case .login(let request): request
        case .resolved(let answer): answer
        case .siteInfo(let site): site
        case .sessionSetUp(let answer): answer
        case .error(let error): error
        case .referral(let referral): referral
        case .created, .names, .verified, .transactionNumber, .challenge, .bytes: nil
        }
    }
}
