internal import EventLoop
package import ResolutionProtocol

/// Asks a running node over the Unix socket in its data directory.
package struct ControlClient: Sendable {
    /// Where the socket is.
    package let path: String
    /// How long to wait.
    package let timeouts: AskTimeouts
    /// An answer in several messages (flag CN) is taken up to so many bytes.
    package static let answerByteCountMax = 64 << 20

    /// A client of the node whose control socket is at `path`.
    package init(path: String, timeouts: AskTimeouts = AskTimeouts()) {
        self.path = path
        self.timeouts = timeouts
    }

    /// Asks, and returns what the node says: JSON or text in UTF-8, or a report in wire form.
    package func ask(_ operation: ControlOperation, argument: [UInt8] = []) throws(ControlError) -> [UInt8] {
        let request = Message.request(
            operation.opCode,
            body: .bytes(WireText(argument).wire),
            requestID: RequestID.random()
        )
        let answers: [Message]
        do throws(AskFailure) {
            answers = try exchange(request)
        } catch {
            throw .asking(AskError(server: path, carrier: .unix, failure: error))
        }
        return try text(of: answers)
    }

    private func exchange(_ request: Message) throws(AskFailure) -> [Message] {
        let socket = try ClientSocket.connecting(path: path)
        let deadline = SystemClock.monotonicNanoseconds() &+ UInt64(max(0, timeouts.answer)) &* 1_000_000
        let wire = request.wire
        try send(wire, over: socket, until: deadline)
        return try read(AnswerCheck(request: request, wire: wire), from: socket, until: deadline)
    }

    private func send(_ wire: [UInt8], over socket: borrowing ClientSocket, until deadline: UInt64) throws(AskFailure) {
        var left = wire[...]
        while !left.isEmpty {
            guard case .ready = try socket.wait(forWriting: true, forReading: false, until: deadline) else {
                throw .noAnswer(sendings: 1, milliseconds: timeouts.answer)
            }
            left = left.dropFirst(try socket.send(left))
        }
    }

    /// Reads messages until one has the flag CN clear.
    private func read(
        _ check: AnswerCheck,
        from socket: borrowing ClientSocket,
        until deadline: UInt64
    ) throws(AskFailure) -> [Message] {
        var cutter = MessageCutter()
        var buffer = [UInt8](repeating: 0, count: 65_536)
        var answers: [Message] = []
        var byteCount = 0
        while true {
            while let wire = try Self.next(of: &cutter) {
                byteCount += wire.count
                guard byteCount <= Self.answerByteCountMax else { throw .tooLong }
                let now = UInt32(truncatingIfNeeded: SystemClock.coarseRealtimeSeconds())
                let answer = try check.answer(wire, nowSeconds: now)
                answers.append(answer)
                if !answer.header.flags.contains(.continued) { return answers }
            }
            guard case .ready = try socket.wait(until: deadline) else {
                throw .noAnswer(sendings: 1, milliseconds: timeouts.answer)
            }
            guard let count = try socket.receive(into: &buffer) else { continue }
            guard count > 0 else { throw .connectionEnded }
            cutter.append(buffer[..<count])
        }
    }

    private static func next(of cutter: inout MessageCutter) throws(AskFailure) -> [UInt8]? {
        do { return try cutter.next() } catch { throw .malformed(error) }
    }

    /// The texts of all messages, joined.
    private func text(of answers: [Message]) throws(ControlError) -> [UInt8] {
        var text: [UInt8] = []
        for answer in answers {
            if case .error(let error) = answer.body {
                let message = String(decoding: error.message, as: UTF8.self)
                throw .refused(path: path, code: answer.header.responseCode, text: message)
            }
            guard case .bytes(let body) = answer.body, let part = try? WireText(wire: body) else {
                throw .asking(AskError(server: path, carrier: .unix, failure: .malformed(.invalidField)))
            }
            text += part.bytes
        }
        return text
    }
}
