/// What a message says, by operation and response code (operations.md §1).
public enum MessageBody: Hashable, Sendable {
    /// Request, op 1.
    case resolve(ResolutionRequest)
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
        guard opCode == .resolution else {
            self = .bytes(try reader.bytes(byteCount: reader.remaining))
            return
        }
        self = .resolve(try ResolutionRequest(from: &reader))
    }

    private init(successFrom reader: inout WireReader, opCode: OpCode) throws(WireError) {
        switch opCode {
        case .resolution: self = .resolved(try ResolutionAnswer(from: &reader))
        case .getSiteInfo: self = .siteInfo(try SiteInfo(from: &reader))
        case .createIdentifier: self = .created(reader.remaining > 0 ? try WireText(from: &reader) : nil)
        case .listIdentifiers, .listDerivedPrefixes, .listHomedPrefixes: self = .names(try reader.array())
        case .verifyChallenge: self = .verified(try reader.uint8() != 0)
        case .sessionSetup: self = .sessionSetUp(try SessionSetupAnswer(from: &reader))
        default: self = .bytes(try reader.bytes(byteCount: reader.remaining))
        }
    }

    func write(to writer: inout WireWriter, version: ProtocolVersion) {
        switch self {
        case .resolve(let request): request.write(to: &writer)
        case .resolved(let answer): answer.write(to: &writer)
        case .siteInfo(let site): site.write(to: &writer)
        case .created(let name): name?.write(to: &writer)
        case .names(let names): writer.array(names)
        case .verified(let isValid): writer.uint8(isValid ? 1 : 0)
        case .sessionSetUp(let answer): answer.write(to: &writer)
        case .error(let error): error.write(to: &writer)
        case .referral(let referral): referral.write(to: &writer)
        case .challenge(let challenge): challenge.write(to: &writer, version: version)
        case .bytes(let bytes): writer.bytes(bytes)
        }
    }
}
