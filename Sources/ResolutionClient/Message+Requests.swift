internal import EventLoop
package import ResolutionProtocol

extension Message {
    /// A request, as it goes to a server of which no site record is known but that it speaks what we do.
    ///
    /// With RequestId 0 the client chooses one when it asks. It expires twelve hours from now.
    package static func request(
        _ opCode: OpCode,
        body: MessageBody,
        flags: OpFlags = .requestDefault,
        requestID: UInt32 = 0
    ) -> Message {
        let now = UInt32(truncatingIfNeeded: SystemClock.coarseRealtimeSeconds())
        return Message(
            envelope: Envelope(requestID: requestID),
            header: Header(opCode: opCode, flags: flags, expiration: now &+ Header.lifetimeSeconds),
            body: body
        )
    }

    /// Asks for the values of `identifier` with one of `indexes` or one of `types`; for all when both are empty.
    package static func resolution(
        of identifier: [UInt8],
        indexes: [UInt32] = [],
        types: [[UInt8]] = [],
        flags: OpFlags = .requestDefault
    ) -> Message {
        let question = ResolutionRequest(identifier: identifier, indexes: indexes, types: types.map { WireText($0) })
        return request(.resolution, body: .resolve(question), flags: flags)
    }
}
