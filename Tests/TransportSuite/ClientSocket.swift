package import EventLoop
import Glibc
import ResolutionProtocol

/// A plain blocking socket, as a foreign client has one. It waits five seconds at most, so that no test hangs.
package class ClientSocket: @unchecked Sendable {
    // Sendable: the descriptor never changes; a test hands a socket from one thread to another, and never shares it.
    package let descriptor: Int32
    /// What is asked of the system for datagrams that wait to be read.
    private static let datagramByteCountMax: Int32 = 4 << 20
    private let isTCP: Bool

    /// A socket that is neither bound nor connected. A `receiveBufferByteCount` makes a peer that takes little at a
    /// time.
    package init(isTCP: Bool, isIPv6: Bool = false, receiveBufferByteCount: Int32? = nil) {
        self.isTCP = isTCP
        descriptor = Self.open(isTCP: isTCP, isIPv6: isIPv6)
        prepare(receiveBufferByteCount: receiveBufferByteCount)
    }

    private static func open(isTCP: Bool, isIPv6: Bool) -> Int32 {
        let type = Int32((isTCP ? SOCK_STREAM : SOCK_DGRAM).rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        return socket(isIPv6 ? AF_INET6 : AF_INET, type, 0)
    }

    private func prepare(receiveBufferByteCount: Int32?) {
        // A datagram may be lost, and then there is nothing to wait for; a stream only takes its time.
        setTimeout(seconds: isTCP ? 20 : 5)
        // Answers to all that a test sends at once have room, however late its thread comes to read them.
        if var byteCount = receiveBufferByteCount ?? (isTCP ? nil : Self.datagramByteCountMax) {
            setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &byteCount, socklen_t(MemoryLayout<Int32>.size))
        }
        guard isTCP else { return }
        var isOn: Int32 = 1
        setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &isOn, socklen_t(MemoryLayout<Int32>.size))
    }

    /// A socket connected to `address`; for UDP that means that it hears from nobody else.
    package init(
        _ address: SocketAddress,
        isTCP: Bool,
        from source: SocketAddress? = nil,
        receiveBufferByteCount: Int32? = nil
    ) throws {
        self.isTCP = isTCP
        descriptor = Self.open(isTCP: isTCP, isIPv6: address.isIPv6)
        prepare(receiveBufferByteCount: receiveBufferByteCount)
        if let source { bind(to: source) }
        guard address.withSocketAddress({ connect(descriptor, $0, $1) }) == 0 else {
            throw SuiteFailure("cannot connect to \(address): errno \(errno)")
        }
        // Where nobody listens any more the system may give us that very port, and we would talk to ourselves.
        try require(local.map { $0 != address } ?? false, "connected to itself")
    }

    deinit { close(descriptor) }

    /// The port that the system gave.
    package var localPort: UInt16 { local?.port ?? 0 }

    /// Where it is bound. From another address of the machine, the port may well be the one that it is connected to.
    private var local: SocketAddress? {
        var storage = sockaddr_storage()
        var byteCount = socklen_t(MemoryLayout<sockaddr_storage>.size)
        return withUnsafeMutablePointer(to: &storage) { storage in
            let raw = UnsafeMutableRawPointer(storage)
            guard getsockname(descriptor, raw.assumingMemoryBound(to: sockaddr.self), &byteCount) == 0 else {
                return nil
            }
            return SocketAddress(raw, byteCount: Int(byteCount))
        }
    }

    /// How long sending and receiving wait.
    package func setTimeout(seconds: Int, milliseconds: Int = 0) {
        var limit = timeval(tv_sec: seconds, tv_usec: milliseconds * 1_000)
        let byteCount = socklen_t(MemoryLayout<timeval>.size)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, byteCount)
        setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &limit, byteCount)
    }

    package func bind(to address: SocketAddress) {
        _ = address.withSocketAddress { Glibc.bind(descriptor, $0, $1) }
    }

    /// Sends all bytes; false where the peer does not take them.
    @discardableResult
    package func send(_ bytes: [UInt8]) -> Bool {
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return false }
            sent += count
        }
        return true
    }

    /// Sends a datagram of any length, also an empty one.
    @discardableResult
    package func sendDatagram(_ bytes: [UInt8], to address: SocketAddress? = nil) -> Bool {
        guard let address else { return Glibc.send(descriptor, bytes, bytes.count, 0) == bytes.count }
        return address.withSocketAddress { sendto(descriptor, bytes, bytes.count, 0, $0, $1) } == bytes.count
    }

    /// What comes next, at most `byteCountMax` bytes; nil: nothing came in time, or the peer is gone. Empty: it has
    /// ended.
    package func receive(byteCountMax: Int = 65_536) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: byteCountMax)
        let count = recv(descriptor, &bytes, bytes.count, 0)
        return count < 0 ? nil : Array(bytes[..<count])
    }

    /// A datagram and who sent it.
    package func receiveFrom() -> (bytes: [UInt8], from: SocketAddress)? {
        var bytes = [UInt8](repeating: 0, count: 65_536)
        var storage = sockaddr_storage()
        var byteCount = socklen_t(MemoryLayout<sockaddr_storage>.size)
        return withUnsafeMutablePointer(to: &storage) { storage in
            let raw = UnsafeMutableRawPointer(storage)
            let name = raw.assumingMemoryBound(to: sockaddr.self)
            let count = recvfrom(descriptor, &bytes, bytes.count, 0, name, &byteCount)
            guard count >= 0, let from = SocketAddress(raw, byteCount: Int(byteCount)) else { return nil }
            return (Array(bytes[..<count]), from)
        }
    }

    /// Exactly `byteCount` bytes; nil where the stream ends before.
    package func receiveExactly(_ byteCount: Int) -> [UInt8]? {
        var all: [UInt8] = []
        while all.count < byteCount {
            guard let part = receive(byteCountMax: min(65_536, byteCount - all.count)), !part.isEmpty else {
                return nil
            }
            all += part
        }
        return all
    }

    /// The next whole message of a stream; nil where there is none.
    package func receiveMessage() -> [UInt8]? {
        guard let head = receiveExactly(Envelope.byteCount), let envelope = try? Envelope(wire: head),
            let rest = receiveExactly(Int(envelope.messageLength))
        else { return nil }
        return head + rest
    }

    /// Whether the peer ends the stream, orderly or not, with nothing before it.
    package func isEnded() -> Bool {
        guard let bytes = receive() else { return errno != EAGAIN }
        return bytes.isEmpty
    }

    /// Sends a request, as a datagram or on the stream, and returns what is answered.
    package func ask(_ request: [UInt8]) -> [UInt8]? {
        guard isTCP ? send(request) : sendDatagram(request) else { return nil }
        return receiveAnswer()
    }

    /// The next message of a stream, or the next datagram.
    package func receiveAnswer() -> [UInt8]? { isTCP ? receiveMessage() : receive() }

    package func shutDownWriting() { shutdown(descriptor, Int32(SHUT_WR)) }

    /// Makes the end of this socket a reset.
    package func resetWhenClosed() {
        var option = linger(l_onoff: 1, l_linger: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
    }
}

extension SocketAddress {
    /// Lends the address in the form that system calls take.
    func withSocketAddress<Result>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> Result) -> Result {
        if isIPv6 {
            var address = sockaddr_in6()
            address.sin6_family = sa_family_t(AF_INET6)
            address.sin6_port = port.bigEndian
            let words = (high.bigEndian, low.bigEndian)
            withUnsafeBytes(of: words) { source in
                withUnsafeMutableBytes(of: &address.sin6_addr) { $0.copyMemory(from: source) }
            }
            return withUnsafeBytes(of: &address) { bytes in Self.lend(bytes, to: body) }
        }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(truncatingIfNeeded: low).bigEndian
        return withUnsafeBytes(of: &address) { bytes in Self.lend(bytes, to: body) }
    }

    private static func lend<Result>(
        _ bytes: UnsafeRawBufferPointer,
        to body: (UnsafePointer<sockaddr>, socklen_t) -> Result
    ) -> Result {
        guard let start = bytes.baseAddress else { preconditionFailure("an address has bytes") }
        return body(start.assumingMemoryBound(to: sockaddr.self), socklen_t(bytes.count))
    }
}
