internal import Authentication
internal import Cryptography
internal import ResolutionProtocol

/// Where an answer begins, so that its lengths can be filled in.
struct AnswerStart: BitwiseCopyable {
    var offset: Int
    var bodyOffset: Int
}

/// Envelope, header and credential around each answer.
extension Responder {
    /// Writes envelope and header, and the request's digest where it was asked for.
    func begin(
        _ slot: inout RequestSlot,
        _ code: ResponseCode,
        _ request: RawSpan,
        at time: BatchTime,
        into writer: inout WireWriter
    ) -> AnswerStart {
        let offset = writer.count
        slot.responseCode = code
        Envelope(
            version: slot.version,
            suggestedVersion: .newest,
            sessionID: slot.sessionID,
            requestID: slot.requestID
        ).write(to: &writer)
        let headerOffset = writer.count
        Header(
            opCode: slot.opCode,
            responseCode: code.encoded(for: slot.version),
            flags: flags(of: slot),
            siteInfoSerial: responseSerial,
            recursionCount: slot.recursionCount,
            expiration: UInt32(truncatingIfNeeded: time.unixSeconds) &+ Header.lifetimeSeconds
        ).write(to: &writer)
        let bodyOffset = writer.count
        if slot.flags.contains(.requestDigest) {
            writeDigest(of: request, slot: slot, headerOffset: headerOffset, into: &writer)
        }
        return AnswerStart(offset: offset, bodyOffset: bodyOffset)
    }

    /// Fills the lengths in and closes the answer without a credential; an answer that no message can carry becomes an
    /// error.
    func finish(
        _ slot: inout RequestSlot,
        from start: AnswerStart,
        _ request: RawSpan,
        at time: BatchTime,
        into writer: inout WireWriter,
        hasCredentialLength: Bool = true
    ) {
        let bodyByteCount = writer.count &- start.bodyOffset
        if hasCredentialLength { writer.uint32(0) }
        let messageByteCount = writer.count &- start.offset &- Envelope.byteCount
        guard !writer.hasOverflowed, messageByteCount <= Envelope.messageLengthMax else {
            writer.truncate(to: start.offset)
            // Where not even this error fits, the writer itself is full: nothing can be sent.
            guard slot.responseCode != .error else { return withdraw(&slot, as: .answerTooLarge) }
            refuse(&slot, .error, "the answer is longer than a message may be", request, at: time, into: &writer)
            return
        }
        writer.overwriteUInt32(UInt32(truncatingIfNeeded: bodyByteCount), at: start.bodyOffset &- 4)
        writer.overwriteUInt32(
            UInt32(truncatingIfNeeded: messageByteCount),
            at: start.offset &+ Envelope.byteCount &- 4
        )
        slot.answerOffset = start.offset
        slot.answerByteCount = writer.count &- start.offset
        guard slot.isDatagram else { return }
        if Packets.count(messageByteCount: messageByteCount) > settings.answerPacketCountMax {
            writer.truncate(to: start.offset)
            withdraw(&slot, as: .answerTooLarge)
        }
    }

    /// Writes an error with `text`. Over UDP it is never larger than the request: the text is cut, then the digest left
    /// out, then the length of the absent credential (wire.md §2), and where even that does not help nothing is sent.
    @inline(never)
    func refuse(
        _ slot: inout RequestSlot,
        _ code: ResponseCode,
        _ text: StaticString,
        _ request: RawSpan,
        at time: BatchTime,
        into writer: inout WireWriter
    ) {
        var start = begin(&slot, code, request, at: time, into: &writer)
        let spare = slot.byteCount &- (writer.count &- start.offset) &- 8
        if slot.isDatagram, spare < 0, slot.flags.contains(.requestDigest) {
            writer.truncate(to: start.offset)
            slot.flags.remove(.requestDigest)
            start = begin(&slot, code, request, at: time, into: &writer)
        }
        let room = slot.byteCount &- (writer.count &- start.offset) &- 8
        guard !slot.isDatagram || room >= -4 else {
            writer.truncate(to: start.offset)
            withdraw(&slot, as: .errorLargerThanRequest)
            return
        }
        let textByteCount = slot.isDatagram ? max(0, min(room, text.utf8CodeUnitCount)) : text.utf8CodeUnitCount
        // Safe: a static string's bytes live for ever, and textByteCount is at most their number.
        let bytes = UnsafeRawBufferPointer(start: text.utf8Start, count: textByteCount).bytes
        writer.lengthPrefixedSpan(bytes)
        let hasCredentialLength = !slot.isDatagram || room >= 0
        finish(&slot, from: start, request, at: time, into: &writer, hasCredentialLength: hasCredentialLength)
    }

    /// Settles a request without an answer.
    func silence(_ slot: inout RequestSlot, _ silence: RequestSlot.Silence) {
        slot.silence = silence
        slot.step = .done
    }

    /// Writes the digest of the request's header and body (wire.md §4.2) and sets RD in the header just written.
    @inline(never)
    private func writeDigest(of request: RawSpan, slot: RequestSlot, headerOffset: Int, into writer: inout WireWriter) {
        let end = Envelope.byteCount &+ Header.byteCount &+ slot.bodyByteCount
        guard request.byteCount >= end else { return }
        let algorithm = slot.version.requestDigestAlgorithm
        guard let bytes = try? algorithm.digest.digest(of: request.extracting(Envelope.byteCount..<end)) else {
            return
        }
        let isNamed = slot.version.hasDigestOctet
        RequestDigest(algorithm: isNamed ? algorithm : nil, bytes: bytes).write(to: &writer)
        writer.overwriteUInt32(flags(of: slot).union(.requestDigest).rawValue, at: headerOffset &+ 8)
    }

    /// Flags of the answer, but for RD. OVRW says in an answer that something was overwritten, so it is no echo.
    private func flags(of slot: RequestSlot) -> OpFlags {
        responseFlags.union(slot.flags.intersection(OpFlags.echoed.subtracting(.overwrite)))
    }
}
