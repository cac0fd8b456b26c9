internal import ResolutionProtocol

/// A question on its way: the envelope as it goes on the wire, and what follows it.
struct OutgoingQuestion {
    // First, so that the question's address is the envelope's.
    private var envelope: (UInt32, UInt32, UInt32, UInt32, UInt32)
    /// Stays where it is for the whole run.
    let message: UnsafeRawBufferPointer

    /// The first four bytes of an envelope of ours: version 2.11 in and suggested.
    static let ownVersion: UInt32 = 0x020B_020B

    /// No session, packet 0 (wire.md §3).
    init(requestID: UInt32, version: UInt32 = Self.ownVersion, message: UnsafeRawBufferPointer) {
        let byteCount = UInt32(truncatingIfNeeded: message.count)
        envelope = (version.bigEndian, 0, requestID.bigEndian, 0, byteCount.bigEndian)
        self.message = message
    }

    /// By which its answer is known.
    var requestID: UInt32 { UInt32(bigEndian: envelope.2) }

    /// The 20 bytes before the message of a question that lies in memory.
    static func envelope(of question: UnsafePointer<OutgoingQuestion>) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(start: question, count: Envelope.byteCount)
    }
}
