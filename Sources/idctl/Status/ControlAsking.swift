internal import Console
internal import ResolutionClient
internal import ResolutionProtocol

/// Asks a running node, and says what it means when it cannot be asked.
enum ControlAsking {
    /// The node's answer to `operation`.
    static func ask(
        _ socket: String,
        _ operation: ControlOperation,
        argument: [UInt8] = []
    ) throws(CommandFailure) -> [UInt8] {
        do throws(ControlError) {
            return try ControlClient(path: socket).ask(operation, argument: argument)
        } catch {
            switch error {
            case .asking(let error) where error.failure.isUnreachable:
                throw CommandFailure(.nodeUnreachable(error), exit: .outcomeUnknown)
            case .asking(let error): throw CommandFailure(.nodeAnswersWrongly(error))
            case .refused(let path, _, let text): throw CommandFailure(.nodeRefuses(path, text))
            }
        }
    }
}
