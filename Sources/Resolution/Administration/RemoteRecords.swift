public import ResolutionProtocol

/// Who asks other nodes for records that are not kept here: recursion, for administration.
public protocol RemoteRecords: AnyObject, Sendable {
    /// Whether other nodes are asked on behalf of `source`.
    func isAllowed(_ source: QuerySource) -> Bool

    /// Asks for what everyone may read of `identifier`; `then` is called once, from any thread. `recursionCount` is
    /// that of the request which wants to know.
    func ask(
        _ identifier: [UInt8],
        recursionCount: UInt8,
        then: @escaping @Sendable (RemoteRecord) -> Void
    )
}

/// Who asks other nodes to resolve what is not kept here, where a session or a signature is wanted: recursion.
package protocol RemoteAnswers: AnyObject, Sendable {
    /// Whether other nodes are asked on behalf of `source`.
    func isAllowed(_ source: QuerySource) -> Bool

    /// Looks for the answer to `question`; `then` is called once, from any thread, within bounded time.
    func answer(_ question: RecursionQuestion, then: @escaping @Sendable (RecursionOutcome) -> Void)
}

/// What another node has of an identifier.
public enum RemoteRecord: Hashable, Sendable {
    /// The values that everyone may read.
    case found([HandleValue], isStale: Bool)
    /// There are none, with the code that says why.
    case refused(ResponseCode)
}

extension RemoteRecord {
    /// What came of a recursion.
    package init(_ outcome: RecursionOutcome) {
        switch outcome.finding {
        case .found(let record):
            guard let view = try? StoredRecordView(record.span.bytes), let values = try? view.decodedValues() else {
                self = .refused(.error)
                return
            }
            self = values.isEmpty ? .refused(.valuesNotFound) : .found(values, isStale: outcome.isStale)
        case .notFound: self = .refused(.identifierNotFound)
        // Who is responsible wants to know who asks, and nobody's word is passed on.
        case .referral: self = .refused(.authenticationNeeded)
        case .refused(let code): self = .refused(code)
        case .failed(.noRoute): self = .refused(.notResponsible)
        case .failed(.busy): self = .refused(.serverBusy)
        case .failed(.tooDeep): self = .refused(.recursionLimitExceeded)
        case .failed: self = .refused(.error)
        }
    }
}
