import CLibUV
internal import Synchronization

/// How a starting thread with a loop tells that it runs, or why it cannot.
package final class ThreadStart<Value: Sendable>: @unchecked Sendable {
    private let result = Mutex<Result<Value, EventLoopError>?>(nil)
    /// Posted once an outcome is there; of its own memory, as a semaphore may not move.
    private let said: UnsafeMutablePointer<uv_sem_t>

    package init() {
        said = .allocate(capacity: 1)
        uv_sem_init(said, 0)
    }

    deinit {
        uv_sem_destroy(said)
        said.deallocate()
    }

    /// Opens on a new loop what `open` opens, says so, and runs the loop to its end.
    package func run(_ open: (borrowing EventLoop) throws(EventLoopError) -> Value) {
        do throws(EventLoopError) {
            let loop = try EventLoop()
            finish(.success(try open(loop)))
            loop.run()
        } catch {
            finish(.failure(error))
        }
    }

    /// Says what came of the start; only the first time counts.
    package func finish(_ outcome: Result<Value, EventLoopError>) {
        result.withLock { $0 = $0 ?? outcome }
        uv_sem_post(said)
    }

    /// Waits until the thread has said so.
    package func wait(named name: String) throws(EventLoopError) -> Value {
        uv_sem_wait(said)
        guard let outcome = result.withLock({ $0 }) else {
            throw .system(errno: 0, attempted: .startThread, place: name)
        }
        return try outcome.get()
    }
}
