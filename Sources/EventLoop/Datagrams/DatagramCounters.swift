/// What happened to datagrams of one batch since it was made.
package struct DatagramCounters: Sendable {
    /// Datagrams received.
    package internal(set) var receivedCount: UInt64 = 0
    /// Datagrams the kernel dropped because the socket's buffer was full, as it last told.
    package internal(set) var kernelDroppedCount: UInt64 = 0
    /// Times the system refused to receive for a reason other than that nothing was there.
    package internal(set) var receiveFailureCount: UInt64 = 0
    /// The errno of the last such refusal, else 0.
    package internal(set) var lastReceiveError: Int32 = 0
    /// Datagrams the system took for sending.
    package internal(set) var sentCount: UInt64 = 0
    /// Of these, those that went to the kernel together with another one for the same asker.
    package internal(set) var joinedCount: UInt64 = 0
    /// Datagrams dropped because the socket's buffer was full.
    package internal(set) var sendOverflowCount: UInt64 = 0
    /// Datagrams skipped because the system refused that one (no route, too long, a filter).
    package internal(set) var sendFailureCount: UInt64 = 0
    /// The errno of the last refusal to send, a full buffer among them, else 0.
    package internal(set) var lastSendError: Int32 = 0

    /// The kernel's own count as of the last time: 32 bits, which wrap.
    var kernelDroppedWord: UInt32 = 0
    /// Whether the kernel cuts what is sent in pieces; nil: not asked yet.
    var cutsPieces: Bool?
    /// After a refusal to cut: it is tried again once so many datagrams have been sent.
    var piecesFromCount: UInt64 = 0
    /// Datagrams waiting for `flush`.
    var queuedCount = 0

    /// Carries the kernel's 32-bit count on to 64 bits.
    mutating func noteKernelDropped(_ word: UInt32) {
        kernelDroppedCount &+= UInt64(word &- kernelDroppedWord)
        kernelDroppedWord = word
    }
}
