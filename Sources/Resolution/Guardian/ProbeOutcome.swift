/// What came of a probe.
package enum ProbeOutcome: Hashable, Sendable {
    /// An answer that may be believed, whatever it says: somebody is there who speaks the protocol.
    case answered
    /// None.
    case failed(ProbeFailure)
    /// Nothing can be said about the address, as this machine could not ask.
    case untold
}

/// Why a probe had no answer that may be believed.
package enum ProbeFailure: UInt8, Hashable, Sendable, CaseIterable {
    /// Nothing came.
    case silent = 1
    /// Nobody listens there.
    case refused = 2
    /// The network does not lead there.
    case unreachable = 3
    /// What came cannot be believed.
    case unbelievable = 4

    /// Its name in reports.
    package var name: String {
        switch self {
        case .silent: "silent"
        case .refused: "refused"
        case .unreachable: "unreachable"
        case .unbelievable: "unbelievable"
        }
    }
}
