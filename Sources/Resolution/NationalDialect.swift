internal import ResolutionProtocol

/// How the national SDK speaks the protocol over TCP (operations.md §15, security.md §7.5): it chooses a session id for
/// its connection and puts it into every envelope, in version 2.10 that suggests 2.11, without an authentication code.
enum NationalDialect {
    /// Whether a message that begins with `envelope` may be of this dialect.
    static func isSpoken(_ envelope: Envelope) -> Bool {
        envelope.version == ProtocolVersion(2, 10) && envelope.suggestedVersion == .newest
    }

    /// Whether `request`, not encrypted, is such a client's resolution of what everyone may read, which needs no
    /// session: its session id is its own and names none of ours.
    static func isPublicQuestion(_ envelope: Envelope, _ request: RawSpan) -> Bool {
        guard isSpoken(envelope), !envelope.flags.contains(.encrypted), envelope.sessionID < SessionID.leastIssued
        else {
            return false
        }
        guard request.byteCount >= Envelope.byteCount &+ Header.byteCount else { return true }
        let opCode = request.unsafeLoadUnaligned(fromByteOffset: Envelope.byteCount, as: UInt32.self).bigEndian
        return OpCode(rawValue: opCode).isPublicQuestion
    }
}
