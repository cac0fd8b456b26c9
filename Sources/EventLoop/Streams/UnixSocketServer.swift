/// A Unix socket of mode 0600 on a thread and loop of its own: what comes on a connection is given to `Exchange` and
/// what that makes of it is sent back, in order. Nothing here is hot.
package final class UnixSocketServer: Sendable {
    /// What an exchange makes of the bytes that have come.
    package struct Answer: Sendable {
        package var bytes: [UInt8]
        /// Whether the connection ends once they are sent.
        package var isLast: Bool

        package init(bytes: [UInt8] = [], isLast: Bool = false) {
            self.bytes = bytes
            self.isLast = isLast
        }
    }

    /// Takes what is whole off the front of the input, which it bounds, and answers it; runs on the server's thread.
    package typealias Exchange = @Sendable (_ input: inout [UInt8]) -> Answer

    private let thread: NamedThread
    private let stopping: Mailbox<Bool>

    /// Listens at `path` for at most so many connections at a time, of which further ones are closed at once; returns
    /// once it does. `name` is the thread's.
    package init(
        path: String,
        name: String,
        pace: ThreadPace? = nil,
        connectionCountMax: Int,
        exchange: @escaping Exchange
    ) throws(EventLoopError) {
        let started = ThreadStart<Mailbox<Bool>>()
        thread = try NamedThread(name: name, pace: pace) {
            Run.run(path: path, connectionCountMax: connectionCountMax, exchange: exchange, started)
        }
        stopping = try started.wait(named: name)
    }

    /// Closes the socket and all connections, and removes its file.
    package func stop() {
        _ = stopping.post(true)
        thread.join()
    }

    /// What the thread does from start to end. Lives on that thread only.
    private final class Run {
        private let connectionCountMax: Int
        private let exchange: Exchange
        private var listener: StreamListener?
        private var mailbox: Mailbox<Bool>?
        private var connections: [ObjectIdentifier: ExchangeConnection] = [:]

        private init(connectionCountMax: Int, exchange: @escaping Exchange) {
            self.connectionCountMax = connectionCountMax
            self.exchange = exchange
        }

        static func run(
            path: String,
            connectionCountMax: Int,
            exchange: @escaping Exchange,
            _ started: ThreadStart<Mailbox<Bool>>
        ) {
            let run = Run(connectionCountMax: connectionCountMax, exchange: exchange)
            do throws(EventLoopError) {
                let loop = try EventLoop()
                do throws(EventLoopError) {
                    started.finish(.success(try run.open(on: loop, path: path)))
                } catch {
                    run.close()
                    started.finish(.failure(error))
                }
                loop.run()
            } catch {
                started.finish(.failure(error))
            }
        }

        private func open(on loop: borrowing EventLoop, path: String) throws(EventLoopError) -> Mailbox<Bool> {
            let mailbox = try Mailbox<Bool>(on: loop, capacity: 4) { [unowned self] _ in close() }
            self.mailbox = mailbox
            listener = try StreamListener(
                on: loop,
                unixSocket: path,
                accepted: { [unowned self] stream in take(stream) },
                failed: { _ in }
            )
            return mailbox
        }

        private func take(_ stream: ByteStream) {
            guard connections.count < connectionCountMax else { return stream.close() }
            let connection = ExchangeConnection(stream, exchange) { [unowned self] connection in
                connections[ObjectIdentifier(connection)] = nil
            }
            connections[ObjectIdentifier(connection)] = connection
            connection.start()
        }

        private func close() {
            listener?.close()
            listener = nil
            mailbox?.close()
            mailbox = nil
            for connection in connections.values { connection.close() }
        }
    }
}
