import Authentication
import Cryptography
import ResolutionProtocol

@testable import ResolutionClient

/// The other side of a dialogue, made by hand: it reads what is sent and answers as a test says.
struct DialogueServer {
    static let now: UInt32 = 1_900_000_000
    let siteKey: PrivateKey
    var session: (id: UInt32, key: SessionKey)?
    private var sentCount: UInt32 = 0

    init() throws { siteKey = try PrivateKey.generate(.ed25519) }

    /// A request as it came.
    struct Received {
        let covered: CoveredMessage
        let header: Header
        let wasEncrypted: Bool

        var id: UInt32 { covered.envelope.requestID }
        var opCode: OpCode { header.opCode }

        func body<Body: WireCodable>(_: Body.Type) throws -> Body {
            try Body(wire: Array(covered.headerAndBody.dropFirst(Header.byteCount)))
        }
    }

    /// Cuts what the dialogue sends into requests; those of the session must bear its code.
    func read(_ output: [UInt8]) throws -> [Received] {
        var cutter = MessageCutter()
        cutter.append(output[...])
        var received: [Received] = []
        while let wire = try cutter.next() {
            var reader = WireReader(wire.span.bytes)
            let envelope = try Envelope(from: &reader)
            let isEncrypted = envelope.flags.contains(.encrypted)
            var rest = Array(wire.dropFirst(Envelope.byteCount))
            if isEncrypted { rest = try session?.key.decrypt(rest, version: envelope.version) ?? [] }
            var inner = WireReader(rest.span.bytes)
            let covered = try CoveredMessage(envelope: envelope, from: &inner)
            let header = try Header(wire: Array(covered.headerAndBody.prefix(Header.byteCount)))
            if let session, envelope.sessionID == session.id, try !session.key.isValid(of: covered) {
                throw WireError.invalidField
            }
            received.append(Received(covered: covered, header: header, wasEncrypted: isEncrypted))
        }
        return received
    }

    /// How an answer is vouched for.
    enum Proof { case none, signature, code, wrongCode }

    /// An answer to `request`.
    mutating func answer(
        _ request: Received,
        _ code: ResponseCode = .success,
        opCode: OpCode? = nil,
        _ body: MessageBody = .bytes([]),
        sessionID: UInt32 = 0,
        proof: Proof = .none,
        flags: OpFlags = []
    ) throws -> [UInt8] {
        var message = Message(
            envelope: Envelope(sessionID: sessionID, requestID: request.id),
            header: Header(
                opCode: opCode ?? request.opCode,
                responseCode: code,
                flags: flags,
                expiration: Self.now + 1_000
            ),
            body: body
        )
        if request.header.flags.contains(.requestDigest), code != .authenticationNeeded {
            message.header.flags.insert(.requestDigest)
            message.requestDigest = try RequestDigest(of: request.covered.headerAndBody, version: .newest)
        }
        let covered = try CoveredMessage(message)
        switch proof {
        case .none: break
        case .signature: message.credential = try MessageSignature.credential(for: covered, key: siteKey)
        case .code, .wrongCode:
            sentCount += 1
            message.credential = try session?.key.credential(for: covered, counter: sentCount)
            if case .wrongCode = proof { message.credential?.signature[0] ^= 1 }
        }
        return message.wire
    }

    /// A challenge of `request`, or of other bytes.
    mutating func challenge(_ request: Received, of content: [UInt8]? = nil, proof: Proof = .none) throws -> [UInt8] {
        let digest = try RequestDigest(of: content ?? request.covered.headerAndBody, version: .newest)
        return try answer(
            request,
            .authenticationNeeded,
            .challenge(Challenge(nonce: [UInt8](repeating: 7, count: 16), requestDigest: digest)),
            sessionID: session?.id ?? 77,
            proof: proof
        )
    }

    /// Opens session `id` for a request for one.
    mutating func open(_ request: Received, id: UInt32, proof: Proof = .signature) throws -> [UInt8] {
        let setup = try request.body(SessionSetupRequest.self)
        guard case .diffieHellman(let half) = setup.exchange else { throw WireError.invalidField }
        let agreed = try SessionAgreement.answer(to: half, cipher: .aes, version: .newest)
        session = (id, agreed.key)
        sentCount = 0
        let body = MessageBody.sessionSetUp(SessionSetupAnswer(mode: 4, data: agreed.data))
        return try answer(request, .success, body, sessionID: id, proof: proof)
    }
}
