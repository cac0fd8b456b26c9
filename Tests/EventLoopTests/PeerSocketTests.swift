import Glibc
import Testing

@testable import EventLoop

struct PeerSocketTests {
    @Test func F3_whatAStrangerSendsToItsPortIsNotReceived() throws {
        for text in ["127.0.0.1:0", "[::1]:0"] {
            let server = try TestSocket(text)
            let stranger = try TestSocket(text)
            let received = try receive(from: server) { local in
                stranger.send([1, 1], to: local)
                server.send([2, 2], to: local)
                server.send([3], to: local)
            }
            #expect(received == [[2, 2], [3]], "\(text)")
        }
    }

    @Test func itIsToldThatNobodyListens() throws {
        let address = try TestSocket("127.0.0.1:0").address
        let loop = try EventLoop()
        var code: Int32 = 0
        let socket = try PeerSocket(on: loop.place(), to: address, received: { _, _ in }) { socket, errno in
            code = errno
            socket.close()
        }
        #expect(socket.send([1]) == 0)
        loop.run()
        #expect(code == ECONNREFUSED)
        #expect(socket.send([1]) == EBADF)
    }

    @Test func F4_aDatagramThatIsTooLongIsCountedAndEmpty() throws {
        let server = try TestSocket("127.0.0.1:0")
        let received = try receive(from: server) { local in
            server.send([UInt8](repeating: 7, count: PeerSocket.datagramByteCountMax + 1), to: local)
            server.send([UInt8](repeating: 8, count: PeerSocket.datagramByteCountMax), to: local)
        }
        #expect(received.map(\.count) == [0, PeerSocket.datagramByteCountMax])
    }

    /// The first two datagrams that a socket to `server` receives, after `send` was called with its address.
    private func receive(from server: TestSocket, _ send: (SocketAddress) -> Void) throws -> [[UInt8]] {
        let loop = try EventLoop()
        var received: [[UInt8]] = []
        let socket = try PeerSocket(
            on: loop.place(),
            to: server.address,
            received: { socket, datagram in
                received.append(datagram)
                if received.count == 2 { socket.close() }
            },
            failed: { socket, _ in socket.close() }
        )
        send(try #require(socket.local))
        loop.run()
        return received
    }
}

/// A UDP socket of a test, bound to a free port.
private final class TestSocket {
    let address: SocketAddress
    private let descriptor: Int32

    init(_ text: String) throws {
        let wanted = try SocketAddress(text: text)
        descriptor = socket(wanted.family, Int32(SOCK_DGRAM.rawValue), 0)
        let number = descriptor
        guard wanted.withSystemAddress({ bind(number, $0, $1) }) == 0, let address = SocketAddress.local(of: number)
        else { throw EventLoopError.invalidAddress(text: text) }
        self.address = address
    }

    deinit { close(descriptor) }

    func send(_ bytes: [UInt8], to address: SocketAddress) {
        let number = descriptor
        #expect(address.withSystemAddress { sendto(number, bytes, bytes.count, 0, $0, $1) } == bytes.count)
    }
}
