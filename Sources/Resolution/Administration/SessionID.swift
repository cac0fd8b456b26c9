internal import ResolutionProtocol

/// Ids of sessions and challenges: random, so that they cannot be guessed, positive for clients that read a signed
/// number, and above those that clients of the national SDK choose for themselves.
enum SessionID {
    /// The least id that is given out.
    static let leastIssued: UInt32 = 0x4000_0000

    /// An id; the caller sees to it that it is not in use.
    static func random(using generator: inout some RandomNumberGenerator) -> UInt32 {
        UInt32.random(in: leastIssued...0x7FFF_FFFE, using: &generator)
    }
}
