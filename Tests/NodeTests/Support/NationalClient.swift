import Authentication
import EventLoop
import ResolutionClient
import ResolutionProtocol
import TransportSuite

/// One connection that speaks as the national SDK does (security.md §7.5): a session id of its own choice in every
/// envelope, version 2.10, no credential, and a log-in that is the connection's.
final class NationalClient {
    let socket: TransportSuite.ClientSocket
    private let sessionID: UInt32
    private var nextID: UInt32 = 1

    init(_ address: SocketAddress, sessionID: UInt32) throws {
        socket = try ClientSocket(address, isTCP: true)
        self.sessionID = sessionID
    }

    /// A request of this client.
    func request(_ opCode: OpCode, _ body: MessageBody, flags: OpFlags = [.recursive]) -> Message {
        nextID += 1
        return Message(
            envelope: Envelope(version: ProtocolVersion(2, 10), sessionID: sessionID, requestID: nextID),
            header: Header(opCode: opCode, flags: flags, expiration: 0),
            body: body
        )
    }

    /// A request to create `name`.
    func creation(of name: [UInt8]) -> Message {
        request(.createIdentifier, .values(ValuesRequest(identifier: name, values: SampleRecords.values(1))))
    }

    /// What the SDK asks on an idle connection.
    func heartbeat() -> Message { request(.resolution, .resolve(ResolutionRequest(identifier: Array("0".utf8)))) }

    /// Sends a message as the SDK does: nothing stands behind its body.
    func send(_ message: Message) throws {
        var bytes = Array(message.wire.dropLast(4))
        bytes.replaceSubrange(16..<20, with: UInt32(bytes.count - Envelope.byteCount).wire)
        guard socket.send(bytes) else { throw NodeFailure("the node takes no more bytes") }
    }

    func receive() throws -> Message {
        guard let answer = socket.receiveMessage() else { throw NodeFailure("the connection gives no answer") }
        return try Message(wire: answer)
    }

    func ask(_ message: Message) throws -> Message {
        try send(message)
        let answer = try receive()
        guard answer.envelope.requestID == message.envelope.requestID else {
            throw NodeFailure("an answer to another request: \(answer)")
        }
        return answer
    }

    /// Logs in by operation 2001; returns the code of the answer to the proof.
    func logIn(_ key: AdministratorKey) throws -> ResponseCode {
        let asked = try ask(request(.login, .login(LoginRequest(user: key.reference))))
        guard case .challenge(let challenge) = asked.body else { throw NodeFailure("no challenge: \(asked)") }
        let answer = try key.answer(challenge, version: asked.envelope.proofVersion)
        var proof = request(.challengeResponse, .challengeAnswer(answer))
        proof.envelope.sessionID = asked.envelope.sessionID
        return try ask(proof).header.responseCode
    }
}
