internal import EventLoop
internal import ResolutionProtocol

/// The messages of the control socket: requests in, answers out, in order.
struct ControlExchange: Sendable {
    /// Text of one message, in bytes.
    private static let partByteCount = 200_000

    let handler: ControlServer.Handler

    /// Answers the whole messages at the front of `input`; where there cannot be one the connection is over.
    func answer(to input: inout [UInt8]) -> UnixSocketServer.Answer {
        var answer = UnixSocketServer.Answer()
        while input.count >= Envelope.byteCount {
            let announced = input[16..<20].reduce(0) { $0 << 8 | Int($1) }
            guard announced <= Envelope.messageLengthMax else {
                answer.isLast = true
                break
            }
            let byteCount = Envelope.byteCount + announced
            guard input.count >= byteCount else { break }
            answer.bytes += self.answer(to: Array(input[..<byteCount]))
            input.removeFirst(byteCount)
        }
        return answer
    }

    private func answer(to bytes: [UInt8]) -> [UInt8] {
        guard let request = try? Message(wire: bytes) else {
            return Self.message(.protocolError, to: nil, .error(ErrorBody(message: Array("unreadable".utf8))))
        }
        guard let operation = ControlOperation(rawValue: request.header.opCode.rawValue) else {
            let text = Array("unknown control operation".utf8)
            return Self.message(.operationNotSupported, to: request, .error(ErrorBody(message: text)))
        }
        guard case .bytes(let body) = request.body,
            let argument = try? WireText(wire: body.isEmpty ? [0, 0, 0, 0] : body)
        else { return Self.message(.protocolError, to: request, .error(ErrorBody(message: Array("body".utf8)))) }
        switch handler(operation, argument.bytes) {
        case .text(let text): return Self.messages(of: text, to: request)
        case .failure(let why): return Self.message(.error, to: request, .error(ErrorBody(message: Array(why.utf8))))
        }
    }

    /// A text longer than a message goes in several, the continued flag set in all but the last.
    private static func messages(of text: [UInt8], to request: Message) -> [UInt8] {
        var rest = text[...]
        var wire: [UInt8] = []
        repeat {
            let part = rest.prefix(partByteCount)
            rest = rest.dropFirst(partByteCount)
            let flags: OpFlags = rest.isEmpty ? [] : .continued
            wire += message(.success, to: request, .bytes(WireText(Array(part)).wire), flags: flags)
        } while !rest.isEmpty
        return wire
    }

    private static func message(
        _ code: ResponseCode,
        to request: Message?,
        _ body: MessageBody,
        flags: OpFlags = []
    ) -> [UInt8] {
        Message(
            envelope: Envelope(requestID: request?.envelope.requestID ?? 0),
            header: Header(
                opCode: request?.header.opCode ?? .reserved,
                responseCode: code,
                flags: flags,
                expiration: UInt32(truncatingIfNeeded: SystemClock.coarseRealtimeSeconds()) &+ Header.lifetimeSeconds
            ),
            body: body
        ).wire
    }
}
