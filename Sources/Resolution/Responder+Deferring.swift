public import ResolutionProtocol

/// What is not answered on the query path: administration has sessions, keys and the writer at hand.
extension Responder {
    /// Leaves the request to administration, which answers and counts it.
    @inline(never)
    func leaveToAdministration(_ slot: inout RequestSlot) { slot.leave(to: .administration) }

    /// Whether a request with a session, or an encrypted one, is administration's.
    @inline(never)
    func isDeferred(_ envelope: Envelope, _ slot: RequestSlot, _ request: RawSpan) -> Bool {
        guard settings.hasAdministration else { return false }
        guard slot.isDatagram || !NationalDialect.isPublicQuestion(envelope, request) else { return false }
        return envelope.flags.contains(.encrypted) || isAdministered(request, isDatagram: slot.isDatagram)
    }

    /// Whether the operation is one that administration answers over this transport: another is refused without a look
    /// at the session.
    private func isAdministered(_ request: RawSpan, isDatagram: Bool) -> Bool {
        guard request.byteCount >= Envelope.byteCount &+ Header.byteCount else { return false }
        let number = request.unsafeLoadUnaligned(fromByteOffset: Envelope.byteCount, as: UInt32.self).bigEndian
        let opCode = OpCode(rawValue: number)
        guard OpCode.all.contains(opCode) || opCode.isOurs else { return false }
        return !isDatagram || opCode.isCarriedByUDP || settings.isAdministeredOverUDP
    }

    /// Whether values that not everyone may read may yet be given to this asker, once it has said who it is: without PO
    /// (operations.md §3).
    @inline(never)
    func mayAskForMore(_ slot: RequestSlot) -> Bool {
        settings.hasAdministration && !slot.flags.contains(.publicOnly)
    }

    /// Answers a deferred request with code 3, as administration has no room for it.
    public mutating func refuseDeferred(
        _ slot: inout RequestSlot,
        in block: RawSpan,
        at time: BatchTime,
        into writer: inout WireWriter
    ) {
        let request = block.extracting(slot.offset..<(slot.offset &+ slot.byteCount))
        slot.recipient = .nobody
        refuse(&slot, .serverBusy, "too much is waiting here; ask again later", request, at: time, into: &writer)
    }
}
