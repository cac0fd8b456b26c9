package import Resolution
package import ResolutionProtocol
internal import Synchronization

/// Has recursion asked for records, answers and keys on behalf of those whom administration serves.
package final class RemoteResolution: RemoteRecords, RemoteAnswers, RemoteKeys {
    private let thread: RecursionThread
    private let networks: Mutex<[QuerySource]>

    /// Asks by `thread`, for askers in `networks` alone.
    package init(thread: RecursionThread, networks: [QuerySource]) {
        self.thread = thread
        self.networks = Mutex(networks)
    }

    /// Asks for askers in these networks from now on.
    package func settle(_ networks: [QuerySource]) { self.networks.withLock { $0 = networks } }

    package func isAllowed(_ source: QuerySource) -> Bool {
        networks.withLock { $0 }.contains { $0.contains(source) }
    }

    package func ask(
        _ identifier: [UInt8],
        recursionCount: UInt8,
        then: @escaping @Sendable (RemoteRecord) -> Void
    ) {
        answer(RecursionQuestion(identifier: identifier, recursionCount: recursionCount)) { then(RemoteRecord($0)) }
    }

    package func answer(_ question: RecursionQuestion, then: @escaping @Sendable (RecursionOutcome) -> Void) {
        thread.take(RecursionInquiry(question: question, then: then))
    }

    package func values(
        of reference: ValueReference,
        then: @escaping @Sendable (Result<[HandleValue], RemoteKeyFailure>) -> Void
    ) {
        answer(RecursionQuestion(publicKeysOf: reference.identifier)) { then(RemoteKeyFailure.keys(in: $0)) }
    }
}
