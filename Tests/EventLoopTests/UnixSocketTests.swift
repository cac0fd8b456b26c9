import Foundation
import Glibc
import Testing

@testable import EventLoop

@Suite struct UnixSocketTests {
    /// A folder of its own for a socket, removed with this object.
    private final class Folder {
        let path: String

        init() throws {
            var template = Array("\(NSTemporaryDirectory())/eventloop-XXXXXX".utf8CString)
            path = String(cString: try #require(mkdtemp(&template)))
        }

        deinit {
            for name in ProcessFiles.names(in: path) { unlink("\(path)/\(name)") }
            rmdir(path)
        }

        var socket: String { "\(path)/control" }
    }

    private static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

    private static func listener(_ loop: borrowing EventLoop, _ path: String) throws(EventLoopError) -> StreamListener {
        try StreamListener(
            on: loop,
            unixSocket: path,
            accepted: { stream in
                let server = StreamProbe()
                server.whenReceived = { server, bytes in _ = server.send(bytes) }
                server.whenEnded = { $0.stream?.close() }
                server.adopt(stream)
            },
            failed: { Issue.record("\($0)") }
        )
    }

    @Test func echoesAndIsForItsOwnerAlone() throws {
        let folder = try Folder()
        let loop = try EventLoop()
        let stopper = loop.stopper()
        let listener = try Self.listener(loop, folder.socket)
        var status = stat()
        #expect(lstat(folder.socket, &status) == 0)
        #expect(status.st_mode & 0o777 == 0o600)
        let client = StreamProbe()
        client.whenConnected = { client in
            client.stream?.startReading()
            _ = client.send([1, 2, 3])
        }
        client.whenReceived = { client, _ in client.stream?.close() }
        client.whenClosed = { _ in stopper.stop() }
        client.stream = try ByteStream.connect(
            on: loop,
            toUnixSocket: folder.socket,
            context: client.retainedContext(),
            callbacks: StreamProbe.callbacks,
            connected: StreamProbe.whenConnectedCallback
        )
        try runUntilStopped(loop)
        #expect(client.received == [1, 2, 3])
        #expect(client.stream.map { _ in true } == true && client.connected == 0)
        listener.close()
        runToEnd(loop)
        #expect(!Self.exists(folder.socket), "the socket file was left behind")
    }

    @Test func aLiveSocketIsNotTakenOver() throws {
        let folder = try Folder()
        let loop = try EventLoop()
        let listener = try Self.listener(loop, folder.socket)
        do throws(EventLoopError) {
            _ = try Self.listener(loop, folder.socket)
            Issue.record("two listen at one path")
        } catch {
            #expect(error == .pipeInUse(path: folder.socket))
        }
        #expect(Self.exists(folder.socket))
        listener.close()
        runToEnd(loop)
    }

    @Test func aStaleSocketIsReplaced() throws {
        let folder = try Folder()
        do {
            let left = try SocketDescriptor(unixSocketFor: folder.socket)
            _ = try UnixSocketFile.bind(left, at: folder.socket)
        }
        #expect(Self.exists(folder.socket), "a closed socket leaves its file")
        let loop = try EventLoop()
        let listener = try Self.listener(loop, folder.socket)
        listener.close()
        runToEnd(loop)
    }

    @Test func anotherFileIsLeftAlone() throws {
        let folder = try Folder()
        close(open(folder.socket, O_CREAT | O_WRONLY, 0o600))
        let loop = try EventLoop()
        do throws(EventLoopError) {
            _ = try Self.listener(loop, folder.socket)
            Issue.record("a plain file was taken for a socket")
        } catch {
            #expect(error == .notASocket(path: folder.socket))
        }
        #expect(Self.exists(folder.socket))
    }

    @Test func theFileOfAnotherListenerIsNotRemoved() throws {
        let folder = try Folder()
        let loop = try EventLoop()
        let first = try Self.listener(loop, folder.socket)
        // Somebody removed the first one's file and listens there now.
        unlink(folder.socket)
        let second = try Self.listener(loop, folder.socket)
        first.close()
        loop.runOnceWithoutWaiting()
        #expect(Self.exists(folder.socket))
        second.close()
        runToEnd(loop)
        #expect(!Self.exists(folder.socket))
    }

    @Test func aPathThatIsTooLongIsAnError() throws {
        let loop = try EventLoop()
        let path = String(repeating: "x", count: 108)
        do throws(EventLoopError) {
            _ = try Self.listener(loop, path)
            Issue.record("a path of 108 bytes was taken")
        } catch {
            #expect(error == .pathTooLong(path: path, byteCountMax: 107))
        }
    }

    @Test func nobodyThereIsTold() throws {
        let folder = try Folder()
        let loop = try EventLoop()
        let client = StreamProbe()
        client.whenConnected = { $0.stream?.close() }
        client.stream = try ByteStream.connect(
            on: loop,
            toUnixSocket: folder.socket,
            context: client.retainedContext(),
            callbacks: StreamProbe.callbacks,
            connected: StreamProbe.whenConnectedCallback
        )
        runToEnd(loop)
        #expect(client.connected == ENOENT && client.closedCount == 1)
    }
}
