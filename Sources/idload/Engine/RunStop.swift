internal import Synchronization

/// Ends a run before its time: no question goes out any more, and what is under way is waited for.
final class RunStop: Sendable {
    private let flag = Atomic<Bool>(false)

    func request() { flag.store(true, ordering: .relaxed) }

    var isRequested: Bool { flag.load(ordering: .relaxed) }
}
