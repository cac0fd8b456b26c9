internal import EventLoop
internal import ResolutionProtocol

/// What the control thread does from start to end. Lives on that thread only.
final class ControlRun {
    /// The most connections at once.
    private static let connectionCountMax = 32

    private let handler: ControlServer.Handler
    private var listener: StreamListener?
    private var mailbox: Mailbox<Bool>?
    private var connections: [ObjectIdentifier: ControlConnection] = [:]

    private init(handler: @escaping ControlServer.Handler) { self.handler = handler }

    static func run(path: String, handler: @escaping ControlServer.Handler, started: ThreadStart<Mailbox<Bool>>) {
        let run = ControlRun(handler: handler)
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
        guard connections.count < Self.connectionCountMax else { return stream.close() }
        let connection = ControlConnection(stream: stream, handler: handler) { [unowned self] connection in
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
