package import ResolutionProtocol

/// What came of a question, on its way to those who wait for it and to caches.
package struct RecursionOutcome: Hashable, Sendable {
    /// What was found.
    package enum Finding: Hashable, Sendable {
        /// The values, as a record in stored form: those that everyone may read.
        case found(record: [UInt8])
        /// Who is responsible says that there is no such identifier.
        case notFound
        /// The asker has to go to these sites itself, as they want to know who asks.
        case referral([HandleValue])
        /// Who is responsible refuses, with this code.
        case refused(ResponseCode)
        /// There is no answer.
        case failed(RecursionFailure)
    }

    /// What was asked.
    package var question: RecursionQuestion
    /// What was found.
    package var finding: Finding
    /// How long it may be kept, in seconds; 0: not at all.
    package var lifetimeSeconds: UInt64
    /// Whether its lifetime was over, and nothing newer is to be had.
    package var isStale = false
    /// Questions to other nodes that it took.
    package var askCount = 0

    /// What came of `question`.
    package init(_ question: RecursionQuestion, _ finding: Finding, lifetimeSeconds: UInt64 = 0) {
        self.question = question
        self.finding = finding
        self.lifetimeSeconds = lifetimeSeconds
    }

    /// Whether an answer that is no longer fresh would do in its place: those who were asked are silent or broken.
    package var mayBeReplacedByStale: Bool {
        switch finding {
        case .failed(.unreachable), .failed(.tooManyAsks), .refused(.serverBusy), .refused(.error),
            .refused(.serverReadOnly):
            true
        default: false
        }
    }
}

/// Why a recursion ended without an answer.
package enum RecursionFailure: Error, Hashable, Sendable, CaseIterable {
    /// Nobody who could know answered.
    case unreachable
    /// Who could know did not prove its answer, which had to be signed: by another key than its site record has, not at
    /// all, or that record has none.
    case unproven
    /// Nobody is known who could be asked: no level above, or a prefix record without sites.
    case noRoute
    /// The way leads back to this node, or to a server that was asked the same before (reliability case F5).
    case loop
    /// It would take more questions than `RecursionSettings.askCountMax`.
    case tooManyAsks
    /// The request has been passed on too often.
    case tooDeep
    /// Service identifiers name each other, or too many in a row (reliability case P7).
    case tooManyServices
    /// The recursion has no room for the question just now.
    case busy
}
