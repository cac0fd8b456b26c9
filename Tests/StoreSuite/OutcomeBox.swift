internal import Glibc
public import Resolution
internal import Synchronization

/// Waits for what a log calls back with.
public final class OutcomeBox<Outcome: Sendable>: Sendable {
    private let result = Mutex<Result<Outcome, ChangeLogError>?>(nil)

    /// Nothing yet.
    public init() {}

    /// The outcome has come.
    public func set(_ value: Result<Outcome, ChangeLogError>) { result.withLock { $0 = value } }

    /// The outcome, once it has come.
    public func wait() -> Result<Outcome, ChangeLogError> {
        while true {
            if let value = result.withLock({ $0 }) { return value }
            usleep(100)
        }
    }
}
