import EventLoop
import ResolutionProtocol
import TransportSuite

/// A foreign client of one node on one socket: it cuts requests into packets and joins those of answers.
final class NodeAsker {
    /// How a client talks to the node.
    enum Carrier: String, CaseIterable, Sendable { case udp, tcp }

    let socket: ClientSocket
    let carrier: Carrier
    private var nextID = UInt32.random(in: 1...0x3FFF_FFFF)

    init(_ address: SocketAddress, _ carrier: Carrier) throws {
        self.carrier = carrier
        socket = try ClientSocket(address, isTCP: carrier == .tcp)
    }

    func freshID() -> UInt32 {
        nextID += 1
        return nextID
    }

    /// Sends a message as it is, over UDP in packets.
    func send(_ wire: [UInt8]) throws {
        guard carrier == .udp else {
            guard socket.send(wire) else { throw NodeFailure("the node takes no more bytes") }
            return
        }
        let envelope = try Envelope(wire: Array(wire.prefix(Envelope.byteCount)))
        for datagram in Packets.datagrams(of: Array(wire.dropFirst(Envelope.byteCount)), envelope: envelope) {
            guard socket.sendDatagram(datagram) else { throw NodeFailure("the node takes no datagram") }
        }
    }

    /// Sends bytes as they are: on a stream any number of messages, else one datagram.
    func sendBytes(_ bytes: [UInt8]) throws {
        let isSent = carrier == .tcp ? socket.send(bytes) : socket.sendDatagram(bytes)
        guard isSent else { throw NodeFailure("the node takes no more over \(carrier)") }
    }

    /// The next whole answer; nil: none came.
    func receive() -> [UInt8]? {
        guard carrier == .udp else { return socket.receiveMessage() }
        var joiner = PacketJoiner()
        while let datagram = socket.receive() {
            guard let envelope = try? Envelope(wire: Array(datagram.prefix(Envelope.byteCount))) else { return nil }
            let payload = Array(datagram.dropFirst(Envelope.byteCount))
            let outcome = joiner.take(
                envelope: envelope,
                payload: payload.span.bytes,
                from: [],
                nowNanoseconds: SystemClock.monotonicNanoseconds()
            )
            switch outcome {
            case .complete(let message): return message
            case .waiting: continue
            case .dropped: return nil
            }
        }
        return nil
    }

    /// Sends `request` and returns its answer.
    func ask(_ request: Message) throws -> Message {
        try send(request.wire)
        guard let answer = receive() else { throw NodeFailure("no answer to \(request.header.opCode) over \(carrier)") }
        return try Message(wire: answer)
    }

    /// Asks for `name` and returns the answer.
    func resolve(_ name: [UInt8], indexes: [UInt32] = []) throws -> Message {
        try ask(request(name, indexes: indexes))
    }

    func request(_ name: [UInt8], indexes: [UInt32] = [], types: [String] = []) -> Message {
        Message(
            envelope: Envelope(requestID: freshID()),
            header: Header(opCode: .resolution, flags: .requestDefault, expiration: 0),
            body: .resolve(
                ResolutionRequest(
                    identifier: name,
                    indexes: indexes,
                    types: types.map { WireText(Array($0.utf8)) }
                )
            )
        )
    }

    /// Checks that an honest question on this socket gets its answer, and gets it next: what was sent before it got
    /// none, or has been read.
    func askHonestly() throws {
        let request = request(SampleRecords.name(1))
        let answer = try ask(request)
        guard answer.envelope.requestID == request.envelope.requestID else {
            throw NodeFailure("an answer to another request (id \(answer.envelope.requestID)): \(answer.body)")
        }
        let expected = ResolutionAnswer(identifier: SampleRecords.name(1), values: SampleRecords.values(1))
        guard answer.header.responseCode == .success, answer.body == .resolved(expected) else {
            throw NodeFailure("wrong answer to an honest question: \(answer)")
        }
    }
}
