internal import EventLoop
internal import Glibc
internal import ResolutionProtocol

/// Questions over UDP.
extension LoopAsking {
    /// Sends a question's datagrams from its port, which is drawn before the first.
    func send(_ datagrams: [[UInt8]], of question: LoopQuestion) {
        question.sendingCount += 1
        if question.sendingCount > 1 { counted.repeatedCount += 1 }
        if question.port == nil { question.port = drawPort(for: question.server) }
        guard let socket = question.port?.socket else { return advance(question, .failed(errno: EMFILE)) }
        for datagram in datagrams {
            let code = socket.send(datagram)
            guard code == 0 else { return failed(question, code) }
        }
    }

    private func drawPort(for server: SocketAddress) -> LoopPort? {
        ports.draw(for: server, now: now) { port in
            do throws(EventLoopError) {
                try port.open(
                    on: place,
                    received: { [unowned self] in received($1, on: $0) },
                    failed: { [unowned self] in failed($0, $1) }
                )
                return true
            } catch {
                return false
            }
        }
    }

    func leavePort(of question: LoopQuestion) {
        guard let port = question.port else { return }
        question.port = nil
        ports.leave(port)
    }

    private func received(_ datagram: [UInt8], on port: LoopPort) {
        var reader = WireReader(datagram.span.bytes)
        guard let envelope = try? Envelope(anyLengthFrom: &reader), let question = questions[envelope.requestID],
            question.port === port
        else {
            counted.unmatchedCount += 1
            return
        }
        guard hasRoom(for: envelope, of: question) else {
            counted.overLimitCount += 1
            return
        }
        advance(question, .datagram(datagram))
    }

    /// Holds the bytes of an answer in several packets, once, before they are reserved (reliability case F4).
    private func hasRoom(for envelope: Envelope, of question: LoopQuestion) -> Bool {
        let byteCount = Int(envelope.messageLength)
        guard byteCount > Packets.payloadByteCountMax, !question.isJoining else { return true }
        guard byteCount <= Envelope.messageLengthMax, hold(byteCount, for: question) else { return false }
        question.isJoining = true
        return true
    }

    /// The server's machine says that nobody listens there: so it is for all questions of the port.
    private func failed(_ port: LoopPort, _ errno: Int32) {
        guard port.openCount > 0 else { return }
        for question in questions.values.filter({ $0.port === port }) { failed(question, errno) }
    }

    private func failed(_ question: LoopQuestion, _ errno: Int32) {
        guard questions[question.id] === question, question.port != nil else { return }
        advance(question, .failed(errno: errno))
    }
}
