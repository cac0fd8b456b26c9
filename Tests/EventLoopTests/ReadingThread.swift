import EventLoop
import Synchronization

/// Reads a client's connection to its end while the test's thread runs the loop.
final class ReadingThread {
    private final class Bytes: Sendable {
        let all = Mutex<[UInt8]>([])
    }

    private let bytes = Bytes()
    private let thread: NamedThread

    init(_ client: sending BlockingSocket) throws(EventLoopError) {
        let bytes = bytes
        let descriptor = client.descriptor
        let keeper = Keeper(client)
        thread = try NamedThread(name: "reader") {
            withExtendedLifetime(keeper) { bytes.all.withLock { $0 = BlockingSocket.readToEnd(descriptor) } }
        }
    }

    /// Waits for the end and returns what came.
    func join() -> [UInt8] {
        thread.join()
        return bytes.all.withLock { $0 }
    }

    /// `@unchecked Sendable`: only keeps the socket open; nobody touches it.
    private final class Keeper: @unchecked Sendable {
        private let client: BlockingSocket
        init(_ client: BlockingSocket) { self.client = client }
    }
}
