import Authentication
import Cryptography
import Resolution
import ResolutionProtocol

/// A client that can do what a real one can: put a request together, answer the challenge to it with the right secret,
/// and speak in a session. What it says is the input's.
final class FuzzClient {
    private static let opCodes: [OpCode] = [
        .createIdentifier, .deleteIdentifier, .addValue, .removeValue, .modifyValue, .listIdentifiers,
        .listDerivedPrefixes, .homePrefix, .unhomePrefix, .listHomedPrefixes, .sessionSetup, .sessionTerminate,
        .sessionExchangeKey, .verifyChallenge, .login, .apply, .backupServer, .resolution, .getSiteInfo,
        .nextTransactionID, .challengeResponse, .retrieveTransactions,
    ]
    private static let versions: [ProtocolVersion] = [
        .newest, ProtocolVersion(2, 0), ProtocolVersion(2, 4), ProtocolVersion(2, 8), ProtocolVersion(3, 0),
    ]

    let node: FuzzNode
    private var connection: UInt64 = 1
    private var requestID: UInt32 = 1
    private var lastBytes: [UInt8] = []
    private var challenge: (id: UInt32, challenge: Challenge, version: ProtocolVersion)?
    private var session: (id: UInt32, key: SessionKey, counter: UInt32)?
    /// Exchanging keys takes longest.
    private var sessionCount = 0

    init(manner: UInt8) { node = FuzzNode(manner: manner) }

    /// Sends bytes as they are.
    func send(_ bytes: [UInt8]) {
        lastBytes = bytes
        note(node.take(bytes, connection: connection))
    }

    /// The same once more, as a datagram that was not answered in time.
    func repeatLast() { note(node.take(lastBytes, connection: connection)) }

    /// One of the operations, with the input's flags and body, in the session where there is one.
    func ask(_ input: inout FuzzInput) {
        let opCode = Self.opCodes[input.below(Self.opCodes.count)]
        let version = Self.versions[input.below(Self.versions.count)]
        let manner = input.uint8()
        connection = UInt64(manner & 3)
        var flags = OpFlags.requestDefault
        if manner & 4 != 0 { flags = OpFlags(rawValue: input.uint32()) }
        let body = input.piece()
        let isInSession = manner & 8 != 0 && session != nil
        send(request(opCode, flags, body, version: version, isInSession: isInSession, isEncrypted: manner & 16 != 0))
    }

    /// The same by the control socket, where nothing has to be proven.
    func askAsOperator(_ input: inout FuzzInput) {
        let opCode = Self.opCodes[input.below(Self.opCodes.count)]
        let bytes = request(opCode, OpFlags(rawValue: input.uint32()), input.piece(), version: .newest)
        note(node.take(bytes, connection: 1, asOperator: true))
    }

    /// Answers the last challenge as the administrator does.
    func proveSecret(_ input: inout FuzzInput) {
        guard let (_, challenge, _) = challenge,
            let code = try? MessageAuthentication.hmac(
                .sha256,
                key: SampleRegistry.secret,
                message: challenge.nonce + challenge.requestDigest.bytes
            )
        else { return }
        let user = ValueReference(identifier: SampleRegistry.administrator, index: 300)
        let answer = ChallengeAnswer(
            authenticationType: ValueType.secretKey,
            user: user,
            answer: SecretKeyProof.hmac(.sha256, code: code).wire
        )
        answerChallenge(with: answer.wire)
    }

    func answerChallenge(with body: [UInt8]) {
        guard let challenge else { return }
        var bytes = request(.challengeResponse, .requestDefault, body, version: challenge.version)
        if session?.id != challenge.id {
            bytes = bytes.setting(challenge.id, at: 4)
        } else {
            bytes = request(
                .challengeResponse,
                .requestDefault,
                body,
                version: challenge.version,
                isInSession: true
            )
        }
        send(bytes)
    }

    /// A session whose key the node encrypts for us; for the administrator, or nobody.
    func setUpSession(_ input: inout FuzzInput) {
        let manner = input.uint8()
        sessionCount += 1
        guard sessionCount <= 2, let client = FuzzNode.keys?.client,
            let record = try? PublicKeyRecord(client.publicKey)
        else { return }
        let administrator = ValueReference(identifier: SampleRegistry.administrator, index: 300)
        let request = SessionSetupRequest(
            timeoutSeconds: UInt32(manner >> 4),
            identity: manner & 1 != 0 ? administrator : SessionSetupRequest.anonymous,
            exchange: manner & 2 != 0 ? .serverKey : .clientKey(record.wire)
        )
        send(self.request(.sessionSetup, .requestDefault, request.wire, version: .newest))
    }

    func closeConnection() {
        node.closeConnection(connection)
        connection += 1
    }

    private func request(
        _ opCode: OpCode,
        _ flags: OpFlags,
        _ body: [UInt8],
        version: ProtocolVersion,
        isInSession: Bool = false,
        isEncrypted: Bool = false
    ) -> [UInt8] {
        requestID += 1
        var envelope = Envelope(version: version, suggestedVersion: version, requestID: requestID)
        let header = Header(
            opCode: opCode,
            flags: flags,
            expiration: UInt32(node.time.unixSeconds) + Header.lifetimeSeconds,
            bodyLength: UInt32(body.count)
        )
        var content = header.wire + body
        if isInSession, var session {
            envelope.sessionID = session.id
            session.counter += 1
            self.session = session
            let covered = CoveredMessage(envelope: envelope, headerAndBody: content)
            let credential = try? session.key.credential(for: covered, counter: session.counter)
            let proof = credential?.wire ?? []
            content += UInt32(proof.count).wire + proof
            if isEncrypted, let encrypted = try? session.key.encrypt(content, version: version) {
                content = encrypted
                envelope.flags.insert(.encrypted)
            }
        } else {
            content += [0, 0, 0, 0]
        }
        envelope.messageLength = UInt32(content.count)
        return envelope.wire + content
    }

    /// Keeps what the next step needs of an answer.
    private func note(_ asked: FuzzNode.Asked) {
        guard let bytes = asked.answers.last?.bytes, let message = try? Message(wire: bytes) else { return }
        switch message.body {
        case .challenge(let challenge):
            self.challenge = (message.envelope.sessionID, challenge, message.envelope.version)
        case .sessionSetUp(let answer) where answer.mode == 1:
            guard let client = FuzzNode.keys?.client, let key = try? SessionKey(encrypted: answer.data, for: client)
            else { return }
            session = (message.envelope.sessionID, key, 0)
        case .sessionSetUp(let answer) where answer.mode == 2: handKeyOver(message.envelope.sessionID)
        default: break
        }
    }

    /// Makes up the key of the session `id` and sends it under the node's.
    private func handKeyOver(_ id: UInt32) {
        guard let site = FuzzNode.keys?.site, let key = try? SessionKey.random(.aes),
            let encrypted = try? key.encrypted(for: site.publicKey, hasCipher: true)
        else { return }
        let body = KeyExchangeRequest(encryptedKey: encrypted).wire
        let bytes = request(.sessionExchangeKey, .requestDefault, body, version: .newest).setting(id, at: 4)
        _ = node.take(bytes, connection: connection)
        session = (id, key, 0)
    }
}
