internal import Console
internal import Resolution
internal import ResolutionClient
internal import ResolutionProtocol

/// Has a server follow the references in one call (operation 9002).
struct TraceCall {
    private let request: TraceRequest
    private let administrator: Administrator
    private let hasRights: Bool
    /// All that has been told.
    private var items: [TraceItem] = []
    /// Positions of those that the server leaves to the asker.
    private var leftPlaces: [Int] = []
    /// Identifiers that the server has not told, as there are too many.
    private(set) var untoldCount = 0

    init(_ request: TraceRequest, _ administrator: Administrator, hasRights: Bool) {
        self.request = request
        self.administrator = administrator
        self.hasRights = hasRights
    }

    /// Asks, and hands on what comes as it comes, but for what is left to the asker. False: the server does not follow
    /// references, and nothing was handed on.
    mutating func run(
        _ each: ([TraceItem]) throws(CommandFailure) -> Void
    ) throws(CommandFailure) -> Bool {
        var failure: CommandFailure?
        do throws(AdministrationError) {
            try administrator.asking.trace(request, isPublicOnly: !hasRights) { answer in
                do throws(CommandFailure) {
                    try each(take(answer))
                    if Interruption.isRequested { failure = .interrupted() }
                } catch {
                    failure = error
                }
                return failure == nil
            }
        } catch {
            if items.isEmpty, case .refused(let code, _) = error, code == .operationNotSupported || code == .error {
                return false
            }
            try administrator.perform(request.identifier) { (_) throws(AdministrationError) in throw error }
        }
        if let failure { throw failure }
        return true
    }

    /// What is left to be asked for.
    func rest(limits: TraceLimits, rule: ReferenceRule) -> Trace {
        Trace(resuming: items, at: leftPlaces, limits: limits, rule: rule)
    }

    private mutating func take(_ answer: TraceAnswer) -> [TraceItem] {
        untoldCount = Int(answer.untoldCount)
        var shown: [TraceItem] = []
        for item in answer.items {
            if isLeft(item) {
                leftPlaces.append(items.count)
            } else {
                shown.append(item)
            }
            var kept = item
            kept.values = []
            kept.links = []
            items.append(kept)
        }
        return shown
    }

    /// Whether the asker has to see for itself: the server asks nobody else on its behalf, or nobody but for what is
    /// public, where the asker has a key.
    private func isLeft(_ item: TraceItem) -> Bool {
        if item.state == .elsewhere { return true }
        return hasRights && item.state == .denied
            && (item.code == .authenticationNeeded || item.code == .valuesNotFound)
    }
}
