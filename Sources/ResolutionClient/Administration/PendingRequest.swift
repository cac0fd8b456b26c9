internal import Authentication
internal import ResolutionProtocol

/// A request on its way to an answer: what is sent, and sent again as it is when no answer came.
struct PendingRequest: Sendable {
    /// Why it is made.
    enum Purpose: Sendable {
        /// The caller asked.
        case caller
        /// The server's key is wanted.
        case siteKey
        /// A session is wanted.
        case session(SessionAgreement)
        /// The session is to end.
        case farewell
    }

    let requestID: UInt32
    /// Header and body. They never change, so that the server knows a repetition (operations.md §5).
    let content: [UInt8]
    let check: AnswerCheck
    let purpose: Purpose
    /// Whether the answer is to be proven.
    let isCertified: Bool
    /// Whether it holds what not everyone may read.
    let isConfidential: Bool
    /// The session it went in.
    var session: (id: UInt32, key: SessionKey)?
    /// What judges a refusal of the answer to its challenge, where that is under way.
    var proofCheck: AnswerCheck?
    /// Whether it was sent again in a new session.
    var hasChangedSession = false
    /// Whether a part of its answer has been handed on.
    var hasParts = false

    /// Whether the answer to a challenge is under way.
    var isBeingProven: Bool { proofCheck != nil }

    /// What judges `answer`: a proof that is refused is answered itself, and one that is right lets the request be
    /// answered.
    func check(for answer: Message) -> AnswerCheck {
        guard let proofCheck, answer.header.opCode == .challengeResponse else { return check }
        return proofCheck
    }

    init(_ request: Message, purpose: Purpose = .caller, isConfidential: Bool = false) {
        let wire = request.wire
        requestID = request.envelope.requestID
        check = AnswerCheck(request: request, wire: wire)
        // A request that nothing vouches for yet: its credential is the four zeros at the end.
        content = Array(wire.dropFirst(Envelope.byteCount).dropLast(4))
        isCertified = request.header.flags.contains(.certify)
        self.purpose = purpose
        self.isConfidential = isConfidential
    }
}
