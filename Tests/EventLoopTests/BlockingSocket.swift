import Glibc
import Testing

@testable import EventLoop

/// A plain blocking socket, as a foreign client has one; it waits five seconds at most.
final class BlockingSocket {
    let descriptor: Int32

    init(_ kind: SocketKind, family: Int32 = AF_INET) {
        descriptor = socket(family, kind.systemType | Int32(SOCK_CLOEXEC.rawValue), 0)
        var limit = timeval(tv_sec: 5, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    }

    deinit {
        close(descriptor)
    }

    var address: SocketAddress? { SocketAddress.local(of: descriptor) }

    @discardableResult
    func connect(to address: SocketAddress) -> Bool {
        address.withSystemAddress { Glibc.connect(descriptor, $0, $1) } == 0
    }

    @discardableResult
    func bind(to address: SocketAddress) -> Bool {
        address.withSystemAddress { Glibc.bind(descriptor, $0, $1) } == 0
    }

    @discardableResult
    func send(_ bytes: [UInt8], to address: SocketAddress) -> Bool {
        address.withSystemAddress { sendto(descriptor, bytes, bytes.count, 0, $0, $1) } == bytes.count
    }

    func receive(byteCountMax: Int = 65_536) -> (bytes: [UInt8], from: SocketAddress)? {
        var bytes = [UInt8](repeating: 0, count: byteCountMax)
        var count = -1
        let peer = SocketAddress.asked { address, length in
            count = recvfrom(descriptor, &bytes, bytes.count, 0, address, length)
            return count < 0 ? -1 : 0
        }
        guard let peer, count >= 0 else { return nil }
        return (Array(bytes[..<count]), peer)
    }

    func write(_ bytes: [UInt8]) -> Int { Glibc.send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL)) }

    func shutDownWriting() { shutdown(descriptor, Int32(SHUT_WR)) }

    /// Reads until the other side ends, or fails.
    func readToEnd() -> [UInt8] { Self.readToEnd(descriptor) }

    static func readToEnd(_ descriptor: Int32) -> [UInt8] {
        var all: [UInt8] = []
        var bytes = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = recv(descriptor, &bytes, bytes.count, 0)
            guard count > 0 else { return all }
            all.append(contentsOf: bytes[..<count])
        }
    }
}

extension SocketAddress {
    /// A free port of that loopback address.
    static func loopback(_ host: String = "127.0.0.1") throws(EventLoopError) -> SocketAddress {
        try SocketAddress(text: host)
    }
}
