package import EventLoop
package import ResolutionProtocol

/// The control loop: a thread of its own with a Unix socket of mode 0600, so that it answers when the workers are busy.
package final class ControlServer: Sendable {
    /// Answers a request; runs on the control thread.
    package typealias Handler = @Sendable (ControlOperation, [UInt8]) -> ControlAnswer

    /// The most connections at once.
    private static let connectionCountMax = 32

    private let server: UnixSocketServer

    /// Listens at `path`; returns once it does.
    package init(path: String, handler: @escaping Handler) throws(EventLoopError) {
        let exchange = ControlExchange(handler: handler)
        server = try UnixSocketServer(
            path: path,
            name: "control",
            pace: .prompt,
            connectionCountMax: Self.connectionCountMax
        ) { exchange.answer(to: &$0) }
    }

    /// Closes the socket and all connections.
    package func stop() { server.stop() }
}
