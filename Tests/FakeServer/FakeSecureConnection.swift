package import Cryptography

/// A connection that a test's server has taken, by TLS: what is read and written is plaintext.
package struct FakeSecureConnection: ~Copyable {
    private let connection: FakeConnection
    private var session: TLSSession
    private let pieceByteCount: Int
    private var plaintext: [UInt8] = []

    /// Ciphertext is sent in pieces of so many bytes.
    package init(_ connection: FakeConnection, _ context: TLSContext, pieceByteCount: Int = 65_536) throws {
        session = try TLSSession(context)
        self.connection = connection
        self.pieceByteCount = pieceByteCount
    }

    /// Shakes hands as a server; whether that has led to TLS.
    package mutating func shakeHands() -> Bool {
        while session.state == .handshaking {
            guard receive() else { return false }
            sendCiphertext()
        }
        return session.state == .open
    }

    /// Reads a whole message, which the server writes down; nil at the end of the stream.
    package mutating func readMessage() -> [UInt8]? {
        while true {
            takePlaintext()
            if plaintext.count >= 20 {
                let byteCount = 20 + plaintext[16..<20].reduce(0) { $0 << 8 | Int($1) }
                if plaintext.count >= byteCount {
                    let message = Array(plaintext[..<byteCount])
                    plaintext.removeFirst(byteCount)
                    connection.note(message)
                    return message
                }
            }
            guard receive() else { return nil }
        }
    }

    /// Sends all the bytes, unless the peer is gone.
    package mutating func write(_ bytes: [UInt8]) {
        var sent = 0
        while sent < bytes.count {
            let rest = Array(bytes[sent...])
            let count = session.write(rest.span.bytes)
            guard count > 0 else { return }
            sent += count
            sendCiphertext()
        }
    }

    /// Whether the peer says that it sends no more, and so ends as agreed.
    package mutating func endsAsAgreed() -> Bool {
        repeat { takePlaintext() } while !session.peerHasClosed && receive()
        return session.peerHasClosed
    }

    private mutating func receive() -> Bool {
        guard let bytes = connection.readSome() else { return false }
        var taken = 0
        while taken < bytes.count {
            let rest = Array(bytes[taken...])
            taken += session.receive(rest.span.bytes)
            takePlaintext()
        }
        return true
    }

    private mutating func takePlaintext() {
        var room = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = room.withUnsafeMutableBytes { session.takePlaintext(into: $0) }
            guard count > 0 else { return }
            plaintext += room[..<count]
        }
    }

    private mutating func sendCiphertext() {
        var bytes = [UInt8](repeating: 0, count: session.ciphertextByteCount)
        let count = bytes.withUnsafeMutableBytes { session.takeCiphertext(into: $0) }
        for start in stride(from: 0, to: count, by: pieceByteCount) {
            connection.write(Array(bytes[start..<min(count, start + pieceByteCount)]))
        }
    }
}
