internal import Dispatch
internal import EventLoop
internal import Synchronization

/// How a starting thread with a loop tells that it runs, or why it cannot.
final class ThreadStart<Value: Sendable>: Sendable {
    private let result = Mutex<Result<Value, EventLoopError>?>(nil)
    private let semaphore = DispatchSemaphore(value: 0)

    /// Opens on a new loop what `open` opens, says so, and runs the loop to its end.
    func run(_ open: (borrowing EventLoop) throws(EventLoopError) -> Value) {
        do throws(EventLoopError) {
            let loop = try EventLoop()
            finish(.success(try open(loop)))
            loop.run()
        } catch {
            finish(.failure(error))
        }
    }

    /// Says what came of the start; only the first time counts.
    func finish(_ outcome: Result<Value, EventLoopError>) {
        result.withLock { $0 = $0 ?? outcome }
        semaphore.signal()
    }

    /// Waits until the thread has said so.
    func wait(named name: String) throws(EventLoopError) -> Value {
        semaphore.wait()
        guard let outcome = result.withLock({ $0 }) else {
            throw .system(errno: 0, attempted: .startThread, place: name)
        }
        return try outcome.get()
    }
}
