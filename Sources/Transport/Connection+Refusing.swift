internal import EventLoop
internal import Resolution
internal import ResolutionProtocol

/// What is answered where there is no memory for a request.
extension UnsafeMutablePointer where Pointee == Connection {
    /// There is no memory left to keep `bytes`, the beginning of a message: the asker is told so (code 3) where that
    /// much of its request is known, and the connection ends, as the rest cannot be told from further requests.
    @inline(never)
    func refuseAsBusy(_ bytes: UnsafeRawBufferPointer) {
        pointee.core.pointee.metrics.add(.requestsRefusedBusy)
        guard pointee.output == nil, let refusal = Self.busy(answering: bytes) else {
            return close(.connectionsClosedForRoom)
        }
        pointee.core.pointee.writer.removeAll()
        pointee.core.pointee.writer.bytes(refusal)
        pointee.core.pointee.metrics.add(.answersBusy)
        send()
        end(because: .connectionsClosedForRoom)
    }

    private static func busy(answering bytes: UnsafeRawBufferPointer) -> [UInt8]? {
        var reader = WireReader(bytes.bytes)
        guard let envelope = try? Envelope(anyLengthFrom: &reader), let header = try? Header(from: &reader) else {
            return nil
        }
        let version = envelope.answerVersion.isKnown ? envelope.answerVersion : .newest
        let time = WorkerCore.now()
        return Message(
            envelope: Envelope(version: version, sessionID: envelope.sessionID, requestID: envelope.requestID),
            header: Header(
                opCode: header.opCode,
                responseCode: .serverBusy,
                flags: header.flags.intersection(.echoed),
                recursionCount: header.recursionCount,
                expiration: UInt32(truncatingIfNeeded: time.unixSeconds) &+ Header.lifetimeSeconds
            ),
            body: .error(ErrorBody(message: Array("too much is waiting here; ask again later".utf8)))
        ).wire
    }
}
