import EventLoop
import FakeServer
import Foundation
import Glibc
import ResolutionProtocol

/// A control socket that answers one connection as a test tells it.
final class FakeNode: Sendable {
    let path: String
    private let listener: Int32
    private let thread: NamedThread

    init(answers: @escaping @Sendable (Message) -> [Message]) throws {
        let folder = FileManager.default.temporaryDirectory
        let path = folder.appending(path: "control-\(getpid())-\(UInt32.random(in: 0 ... .max)).socket").path
        let listener = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        let result = withUnsafePointer(to: &address) { address in
            let general = UnsafeRawPointer(address).assumingMemoryBound(to: sockaddr.self)
            return bind(listener, general, socklen_t(MemoryLayout<sockaddr_un>.size))
        }
        guard result == 0, listen(listener, 4) == 0 else { throw EventLoopError.invalidAddress(text: path) }
        self.path = path
        self.listener = listener
        thread = try NamedThread(name: "fake-node") {
            let number = accept(listener, nil, nil)
            guard number >= 0 else { return }
            _ = fcntl(number, F_SETFD, FD_CLOEXEC)
            let connection = FakeConnection(descriptor: number, server: nil)
            if let wire = connection.readMessage(), let request = try? Message(wire: wire) {
                for answer in answers(request) { connection.write(answer.wire) }
            }
            close(number)
        }
    }

    /// Waits for the connection to be over.
    func stop() {
        shutdown(listener, Int32(SHUT_RDWR))
        thread.join()
        close(listener)
        unlink(path)
    }
}
