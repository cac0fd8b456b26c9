internal import ResolutionProtocol

/// A request that has been read, and what is known about its asker: passed along while it is worked on.
struct AdministrationCall: Sendable {
    /// As it came, with the way back.
    var request: AdministrationRequest
    /// Its envelope; of an answer to a challenge that one's, but for `requestID`.
    var envelope: Envelope
    /// Its header.
    var header: Header
    /// Header and body as they came (decrypted): what digests and codes cover.
    var content: [UInt8]
    /// What proves it; nil: nothing.
    var credential: Credential?
    /// What the answer repeats as RequestId: of an answered challenge that of the answer.
    var answerRequestID: UInt32
    /// The live session it came in; nil: none.
    var session: UInt32?
    /// Who asks, once proven.
    var identity: Identity?
    /// Whether its identity was proven for it, by the answer to its challenge.
    var isProven = false
    /// Whether it speaks the national SDK's dialect.
    var isNational = false
    /// Whether it was encrypted.
    var wasEncrypted = false
    /// Tells its datagram from another one under the same RequestId; 0: none is kept of it.
    var datagramNumber: UInt64 = 0

    /// The version of the answer.
    var version: ProtocolVersion {
        let version = envelope.answerVersion
        return version.isKnown ? version : .newest
    }

    var opCode: OpCode { header.opCode }
    var flags: OpFlags { header.flags }
    var peer: AdministrationPeer { request.peer }
    /// The body alone.
    var body: ArraySlice<UInt8> { content.dropFirst(Header.byteCount) }
    /// Seconds of the clock when it came.
    var unixSeconds: UInt64 { UInt64(max(0, request.received.unixSeconds)) }

    /// Reads the body as `Body`, to its end.
    func read<Body: WireCodable>(_ type: Body.Type = Body.self) -> Body? {
        let bytes = Array(body)
        var reader = WireReader(bytes.span.bytes)
        guard let value = try? Body(from: &reader), (try? reader.finish()) != nil else { return nil }
        return value
    }
}

/// What is answered to a call.
struct AdministrationResponse: Sendable {
    var code: ResponseCode
    /// Behind the request's digest.
    var body: [UInt8] = []
    /// OVRW when something was overwritten, CN when more follows.
    var flags: OpFlags = []
    /// Whether it holds what not everyone may read, so that a session encrypts it.
    var isConfidential = false
    /// The digest of a challenge, which it states whether asked for or not.
    var statedDigest: RequestDigest?
    /// Another session id than the call's: a new session's, or a challenge's.
    var sessionID: UInt32?
    /// Whether it is what other nodes have answered, and so not this node's own word: never with the flag AT.
    var isOthers = false
    /// Whether it may be authenticated with the session's key; the set-up's answer is signed instead.
    var usesSessionKey = true

    /// A success that says no more.
    static let done = AdministrationResponse(code: .success)

    /// An error with its text.
    static func refused(_ code: ResponseCode, _ text: String) -> AdministrationResponse {
        AdministrationResponse(code: code, body: WireText(Array(text.utf8)).wire)
    }
}
