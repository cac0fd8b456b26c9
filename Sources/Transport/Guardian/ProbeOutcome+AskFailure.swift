internal import Glibc
internal import Resolution
internal import ResolutionClient
internal import ResolutionProtocol

extension ProbeOutcome {
    /// What an answer, or its absence, says about an address. Any answer will do: also "not supported" or "busy" is
    /// said by somebody who is there.
    init(_ outcome: Result<Message, AskFailure>) {
        switch outcome {
        case .success: self = .answered
        case .failure(let failure): self = ProbeOutcome(failure)
        }
    }

    private init(_ failure: AskFailure) {
        switch failure {
        case .busy, .leftAlone: self = .untold
        case .noAnswer, .connectTimedOut: self = .failed(.silent)
        case .refused, .connectionEnded: self = .failed(.refused)
        // Without any way into the network, or into that of IPv6, the fault is here.
        case .system(ENETUNREACH), .system(EAFNOSUPPORT), .system(ENETDOWN): self = .untold
        case .system where failure.isOwnShortage: self = .untold
        case .system: self = .failed(.unreachable)
        default: self = .failed(.unbelievable)
        }
    }
}
