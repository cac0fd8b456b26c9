internal import Dispatch
package import EventLoop
package import ResolutionProtocol
internal import Synchronization

/// The control loop: a thread of its own with a Unix socket of mode 0600, so that it answers when the workers are busy.
package final class ControlServer: Sendable {
    /// Answers a request; runs on the control thread.
    package typealias Handler = @Sendable (ControlOperation, [UInt8]) -> ControlAnswer

    private let thread: NamedThread
    private let stopping: Mailbox<Bool>

    /// Listens at `path`; returns once it does.
    package init(path: String, handler: @escaping Handler) throws(EventLoopError) {
        let started = Started()
        thread = try NamedThread(name: "control") { ControlRun.run(path: path, handler: handler, started: started) }
        stopping = try started.wait()
    }

    /// Closes the socket and all connections.
    package func stop() {
        _ = stopping.post(true)
        thread.join()
    }

    /// How the starting thread tells that it listens, or why it cannot.
    final class Started: Sendable {
        private let result = Mutex<Result<Mailbox<Bool>, EventLoopError>?>(nil)
        private let semaphore = DispatchSemaphore(value: 0)

        func finish(_ outcome: Result<Mailbox<Bool>, EventLoopError>) {
            result.withLock { $0 = $0 ?? outcome }
            semaphore.signal()
        }

        func wait() throws(EventLoopError) -> Mailbox<Bool> {
            semaphore.wait()
            guard let outcome = result.withLock({ $0 }) else {
                throw .system(errno: 0, attempted: .startThread, place: "control")
            }
            return try outcome.get()
        }
    }
}
