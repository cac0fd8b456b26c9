internal import ResolutionProtocol

/// A request that was recorded as it was sent over TCP: its envelope, which says how long it is, and what follows.
struct RecordedMessage {
    /// Why it cannot be sent again.
    enum Fault: Error, Equatable {
        /// The file ends within it.
        case cutShort
        /// What stands there is no envelope.
        case notAnEnvelope
        /// It is longer than a message may be, or than a datagram where it is to be sent in one.
        case tooLong(Int, atMost: Int)
        /// Encrypted for a session that is no more, compressed, or one packet of several.
        case notWhole
        /// An answer, or nothing that has a header.
        case notARequest
        /// Header, body and credential are not as long as the envelope says.
        case lengths
    }

    /// The first four bytes of its envelope.
    let version: UInt32
    /// What follows the envelope.
    let body: UnsafeRawBufferPointer
    private let hasCredential: Bool

    /// Whether a file begins with a message and not with text: no line begins with a byte below 9.
    static func begins(_ bytes: UnsafeRawBufferPointer) -> Bool { bytes.first.map { (1..<9).contains($0) } ?? false }

    /// Reads the message at the beginning of `bytes`.
    init(_ bytes: UnsafeRawBufferPointer, byteCountMax: Int) throws(Fault) {
        guard bytes.count >= Envelope.byteCount else { throw .cutShort }
        var reader = WireReader(RawSpan(_unsafeBytes: bytes))
        guard let envelope = try? Envelope(anyLengthFrom: &reader), (2...3).contains(envelope.version.major) else {
            throw .notAnEnvelope
        }
        let length = Int(envelope.messageLength)
        guard length <= byteCountMax else { throw .tooLong(length, atMost: byteCountMax) }
        guard envelope.flags.isEmpty, envelope.sequenceNumber == 0 else { throw .notWhole }
        guard bytes.count >= Envelope.byteCount + length else { throw .cutShort }
        body = UnsafeRawBufferPointer(rebasing: bytes[Envelope.byteCount..<Envelope.byteCount + length])
        version = UInt32(bigEndian: bytes.loadUnaligned(as: UInt32.self))
        guard let header = try? Header(from: &reader), length >= Header.byteCount,
            header.responseCode == .request
        else { throw .notARequest }
        let rest = length - Header.byteCount - Int(header.bodyLength)
        guard rest == 0 || rest >= 4 else { throw .lengths }
        let credentialByteCount = rest == 0 ? 0 : Self.word(in: body, at: length - rest)
        guard rest == 0 || credentialByteCount == rest - 4 else { throw .lengths }
        hasCredential = credentialByteCount > 0
        if header.opCode == .resolution { try Self.checkIdentifier(body, bodyLength: Int(header.bodyLength)) }
    }

    /// Its answer is to name the identifier, so it must be there.
    private static func checkIdentifier(_ body: UnsafeRawBufferPointer, bodyLength: Int) throws(Fault) {
        guard bodyLength >= 12, word(in: body, at: Header.byteCount) <= bodyLength - 12 else { throw .lengths }
    }

    /// Writes it as it goes out: as it was, but that it does not expire. What is signed stays as it was signed.
    func write(to memory: UnsafeMutableRawBufferPointer, expiration: UInt32) {
        memory.copyMemory(from: body)
        guard !hasCredential else { return }
        memory.storeBytes(of: expiration.bigEndian, toByteOffset: 16, as: UInt32.self)
    }

    private static func word(in bytes: UnsafeRawBufferPointer, at offset: Int) -> Int {
        Int(UInt32(bigEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self)))
    }
}
