internal import Glibc
internal import Synchronization

/// A connection that a test's server has taken.
package struct FakeConnection {
    private let descriptor: Int32
    private let server: FakeServer?

    /// A connection whose messages `server`, if any, writes down.
    package init(descriptor: Int32, server: FakeServer?) {
        self.descriptor = descriptor
        self.server = server
    }

    /// Reads a whole message; nil at the end of the stream.
    package func readMessage() -> [UInt8]? {
        guard let head = read(20) else { return nil }
        let length = head[16..<20].reduce(0) { $0 << 8 | Int($1) }
        guard let rest = read(length) else { return nil }
        server?.received.withLock { $0.append(head + rest) }
        return head + rest
    }

    /// Reads a whole message of the domain name system, without the length in front; nil at the end of the stream.
    package func readNameMessage() -> [UInt8]? {
        guard let head = read(2), let message = read(Int(head[0]) << 8 | Int(head[1])) else { return nil }
        server?.received.withLock { $0.append(message) }
        return message
    }

    /// Sends all the bytes, unless the peer is gone.
    package func write(_ bytes: [UInt8]) {
        var left = bytes[...]
        while !left.isEmpty {
            let count = left.withUnsafeBytes { send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            guard count > 0 else { return }
            left = left.dropFirst(count)
        }
    }

    /// Reads what is there, once something is; nil at the end of the stream.
    package func readSome() -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: 16_384)
        let got = recv(descriptor, &bytes, bytes.count, 0)
        return got > 0 ? Array(bytes[..<got]) : nil
    }

    /// Writes down what came as one message.
    func note(_ message: [UInt8]) { server?.received.withLock { $0.append(message) } }

    /// Waits for the peer to go, so that what was written arrives before the end.
    package func waitForEnd() {
        while let _ = read(1) {}
    }

    private func read(_ count: Int) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: count)
        var have = 0
        while have < count {
            let got = bytes.withUnsafeMutableBytes {
                recv(descriptor, $0.baseAddress.map { $0 + have }, count - have, 0)
            }
            guard got > 0 else { return nil }
            have += got
        }
        return bytes
    }
}
