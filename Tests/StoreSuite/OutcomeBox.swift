internal import Glibc
public import Resolution
internal import Synchronization

/// Waits for what a log calls back with.
public final class OutcomeBox: Sendable {
    private let result = Mutex<Result<CommandOutcome, ChangeLogError>?>(nil)

    /// Nothing yet.
    public init() {}

    /// The outcome has come.
    public func set(_ value: Result<CommandOutcome, ChangeLogError>) { result.withLock { $0 = value } }

    /// The outcome, once it has come.
    public func wait() -> Result<CommandOutcome, ChangeLogError> {
        while true {
            if let value = result.withLock({ $0 }) { return value }
            usleep(100)
        }
    }
}
