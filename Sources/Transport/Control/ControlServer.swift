package import EventLoop
package import ResolutionProtocol

/// The control loop: a thread of its own with a Unix socket of mode 0600, so that it answers when the workers are busy.
package final class ControlServer: Sendable {
    /// Answers a request; runs on the control thread.
    package typealias Handler = @Sendable (ControlOperation, [UInt8]) -> ControlAnswer

    private let thread: NamedThread
    private let stopping: Mailbox<Bool>

    /// Listens at `path`; returns once it does.
    package init(path: String, handler: @escaping Handler) throws(EventLoopError) {
        let started = ThreadStart<Mailbox<Bool>>()
        thread = try NamedThread(name: "control", pace: .prompt) {
            ControlRun.run(path: path, handler: handler, started: started)
        }
        stopping = try started.wait(named: "control")
    }

    /// Closes the socket and all connections.
    package func stop() {
        _ = stopping.post(true)
        thread.join()
    }
}
