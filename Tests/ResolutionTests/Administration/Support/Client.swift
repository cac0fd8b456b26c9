import Authentication
import Cryptography
import ResolutionProtocol
import Testing

@testable import Resolution

/// From where something is asked.
enum Place {
    case tcp(UInt64)
    case tls(UInt64)
    /// With a certificate.
    case certified(UInt64, CertifiedIdentity)
    case udp
    /// Another address.
    case tcpFrom(UInt32, UInt64)

    var peer: AdministrationPeer {
        switch self {
        case .tcp(let connection): Self.peer(0xC000_0201, connection)
        case .tls(let connection): Self.peer(0xC000_0201, connection, isSecured: true)
        case .certified(let connection, let identity):
            Self.peer(0xC000_0201, connection, isSecured: true, certified: identity)
        case .udp: Self.peer(0xC000_0201, 0)
        case .tcpFrom(let address, let connection): Self.peer(address, connection)
        }
    }

    private static func peer(
        _ address: UInt32,
        _ connection: UInt64,
        isSecured: Bool = false,
        certified: CertifiedIdentity? = nil
    ) -> AdministrationPeer {
        AdministrationPeer(
            source: QuerySource(high: 0, low: 0x0000_FFFF_0000_0000 | UInt64(address), prefixLength: 128),
            port: 40_000,
            origin: .external,
            connection: connection,
            isSecured: isSecured,
            certified: certified
        )
    }
}

/// A client of a test: makes requests, answers challenges, opens a session, and keeps what it sent.
final class Client {
    let node: AdministeredNode
    var place: Place
    var version = ProtocolVersion.newest
    private(set) var session: ClientSession?
    private var lastRequestID: UInt32 = 100
    /// Every message that was sent, as it was sent.
    private(set) var sent: [[UInt8]] = []

    init(_ node: AdministeredNode, _ place: Place = .tcp(1)) {
        self.node = node
        self.place = place
    }

    /// A request, signed and in the session where there is one.
    func request(
        _ opCode: OpCode,
        _ body: MessageBody,
        flags: OpFlags = .requestDefault,
        requestID: UInt32? = nil,
        sessionID: UInt32 = 0
    ) -> Message {
        lastRequestID += 1
        let message = Message(
            envelope: Envelope(
                version: session?.version ?? version,
                sessionID: session?.id ?? sessionID,
                requestID: requestID ?? lastRequestID
            ),
            header: Header(opCode: opCode, flags: flags, expiration: 0x6500_0000),
            body: body
        )
        return session.map { $0.signed(message) } ?? message
    }

    /// Sends bytes; the answers.
    func send(_ bytes: [UInt8]) -> [Message] {
        sent.append(bytes)
        return node.send(bytes, as: place.peer).compactMap { read($0) }
    }

    func send(_ message: Message) -> [Message] { send(message.wire) }

    /// Reads an answer, decrypting it where it is encrypted.
    func read(_ bytes: [UInt8]) -> Message? {
        guard let session, let envelope = try? Envelope(wire: Array(bytes.prefix(Envelope.byteCount))),
            envelope.flags.contains(.encrypted)
        else { return try? Message(wire: bytes) }
        return session.decrypted(bytes)
    }

    /// Asks once, answering no challenge.
    func ask(_ opCode: OpCode, _ body: MessageBody, flags: OpFlags = .requestDefault) -> Message? {
        send(request(opCode, body, flags: flags)).last
    }

    /// Asks, and says that it is `who` when it is challenged.
    @discardableResult
    func perform(_ opCode: OpCode, _ body: MessageBody, flags: OpFlags = .requestDefault, as who: Who) -> Message? {
        performAll(opCode, body, flags: flags, as: who).last
    }

    /// The same, with every message of the answer.
    func performAll(
        _ opCode: OpCode,
        _ body: MessageBody,
        flags: OpFlags = .requestDefault,
        as who: Who
    ) -> [Message] {
        perform(request(opCode, body, flags: flags), as: who)
    }

    func perform(_ request: Message, as who: Who) -> [Message] {
        let answers = send(request)
        guard let challenge = answers.last, let answer = answer(to: challenge, as: who) else { return answers }
        return send(answer)
    }

    /// The answer to a challenge; nil: it is none.
    func answer(to message: Message, as who: Who) -> Message? {
        guard case .challenge(let challenge) = message.body,
            let proof = try? who.proof(of: challenge, version: message.envelope.proofVersion)
        else { return nil }
        return answer(to: message, as: who, proof: proof)
    }

    /// The answer to a challenge with these octets of proof.
    func answer(to message: Message, as who: Who, proof: [UInt8], type: [UInt8]? = nil) -> Message {
        request(
            .challengeResponse,
            .challengeAnswer(
                ChallengeAnswer(
                    authenticationType: type ?? who.authenticationType,
                    user: who.reference,
                    answer: proof
                )
            ),
            flags: message.header.flags.intersection([.certify, .encrypt, .cacheCertify, .publicOnly, .recursive]),
            sessionID: message.envelope.sessionID
        )
    }

    /// Opens a session by Diffie-Hellman; with `who` it is theirs once they have proven it.
    @discardableResult
    func openSession(for who: Who? = nil, timeoutSeconds: UInt32 = 600) throws -> Message {
        session = nil
        let agreement = try SessionAgreement()
        let body = SessionSetupRequest(
            timeoutSeconds: timeoutSeconds,
            identity: who?.reference ?? SessionSetupRequest.anonymous,
            exchange: agreement.exchange
        )
        let answer = try #require(ask(.sessionSetup, .setUpSession(body)))
        guard case .sessionSetUp(let setUp) = answer.body else { return answer }
        let key = try agreement.key(answeredWith: setUp.data, version: answer.envelope.version)
        session = ClientSession(id: answer.envelope.sessionID, key: key, version: answer.envelope.version)
        return answer
    }

    /// Opens a session and proves to be `who` by an operation that changes nothing.
    func logIn(_ who: Who) throws {
        try openSession(for: who)
        let challenge = try #require(ask(.deleteIdentifier, .name("88.118.8/nothing-here")))
        let proof = try #require(self.answer(to: challenge, as: who))
        _ = send(proof)
    }

    /// Goes on in another's session, as a thief would.
    func take(_ session: ClientSession?) { self.session = session }
}

/// The client's side of a session.
final class ClientSession {
    let id: UInt32
    let key: SessionKey
    let version: ProtocolVersion
    var counter: UInt32 = 0

    init(id: UInt32, key: SessionKey, version: ProtocolVersion) {
        self.id = id
        self.key = key
        self.version = version
    }

    /// `message` with its authentication code, under the next counter.
    func signed(_ message: Message) -> Message {
        counter += 1
        return signed(message, counter: counter)
    }

    func signed(_ message: Message, counter: UInt32) -> Message {
        var signed = message
        signed.credential = nil
        guard let covered = try? CoveredMessage(signed),
            let credential = try? key.credential(for: covered, counter: counter)
        else { return message }
        signed.credential = credential
        return signed
    }

    /// `message` with everything behind the envelope encrypted.
    func encrypted(_ message: Message) -> [UInt8] {
        var envelope = message.envelope
        let plain = Array(message.wire.dropFirst(Envelope.byteCount))
        let encrypted = (try? key.encrypt(plain, version: version)) ?? []
        envelope.flags.insert(.encrypted)
        envelope.messageLength = UInt32(encrypted.count)
        return envelope.wire + encrypted
    }

    func decrypted(_ bytes: [UInt8]) -> Message? {
        guard var envelope = try? Envelope(wire: Array(bytes.prefix(Envelope.byteCount))),
            let plain = try? key.decrypt(Array(bytes.dropFirst(Envelope.byteCount)), version: envelope.version)
        else { return nil }
        envelope.flags.remove(.encrypted)
        envelope.messageLength = UInt32(plain.count)
        return try? Message(wire: envelope.wire + plain)
    }
}

extension MessageBody {
    static func name(_ name: String) -> MessageBody { .name(NameRequest(name: Array(name.utf8))) }

    static func values(_ identifier: String, _ values: [HandleValue]) -> MessageBody {
        .values(ValuesRequest(identifier: Array(identifier.utf8), values: values))
    }

    static func indexes(_ identifier: String, _ indexes: [UInt32]) -> MessageBody {
        .indexes(IndexesRequest(identifier: Array(identifier.utf8), indexes: indexes))
    }

    static func resolve(_ identifier: String, indexes: [UInt32] = [], types: [String] = []) -> MessageBody {
        .resolve(
            ResolutionRequest(
                identifier: Array(identifier.utf8),
                indexes: indexes,
                types: types.map { WireText(Array($0.utf8)) }
            )
        )
    }
}

extension Message {
    var code: ResponseCode { header.responseCode.decoded(from: envelope.version) }

    /// The text of an error.
    var errorText: String {
        guard case .error(let error) = body else { return "" }
        return String(decoding: error.message, as: UTF8.self)
    }

    /// The values of an answer to a resolution.
    var resolvedValues: [HandleValue]? {
        guard case .resolved(let answer) = body else { return nil }
        return answer.values
    }

    /// The names of a list.
    var names: [String]? {
        guard case .names(let names) = body else { return nil }
        return names.map { String(decoding: $0.bytes, as: UTF8.self) }
    }

    /// The name of what was created.
    var createdName: String? {
        guard case .created(let name?) = body else { return nil }
        return String(decoding: name.bytes, as: UTF8.self)
    }
}

extension OpFlags {
    /// What a client sets that wants to see more than everyone: no PO.
    static let administrator: OpFlags = [.cacheCertify, .recursive]
}
