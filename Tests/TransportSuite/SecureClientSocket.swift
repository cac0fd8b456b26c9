package import Cryptography
package import EventLoop
import Glibc

/// A client's socket that speaks TLS: what is sent and received is plaintext.
package final class SecureClientSocket: ClientSocket, @unchecked Sendable {
    // Sendable: as a `ClientSocket`, whose session belongs to the thread that has it.
    private var session: TLSSession?

    /// Connects to `address` and shakes hands by `context`.
    package init(_ address: SocketAddress, context: TLSContext, receiveBufferByteCount: Int32? = nil) throws {
        session = nil
        try super.init(address, isTCP: true, from: nil, receiveBufferByteCount: receiveBufferByteCount)
        session = try TLSSession(context)
        repeat {
            sendCiphertext()
        } while session?.state == .handshaking && receiveCiphertext()
        sendCiphertext()
        let state = session?.state
        try require(state == .open, "no TLS: \(String(describing: state))")
    }

    /// Why TLS ended; nil where it has not, or as agreed.
    package var failure: TLSFailure? {
        if case .failed(let failure)? = session?.state { failure } else { nil }
    }

    @discardableResult
    package override func send(_ bytes: [UInt8]) -> Bool {
        var sent = 0
        while sent < bytes.count {
            let rest = Array(bytes[sent...])
            guard let count = session?.write(rest.span.bytes), count > 0 else { return false }
            sent += count
            guard sendCiphertext() else { return false }
        }
        return true
    }

    package override func receive(byteCountMax: Int = 65_536) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: byteCountMax)
        while true {
            let count = bytes.withUnsafeMutableBytes { session?.takePlaintext(into: $0) ?? 0 }
            guard count == 0 else { return Array(bytes[..<count]) }
            guard failure == nil else { return nil }
            guard session?.peerHasClosed != true else { return [] }
            guard receiveCiphertext() else { return nil }
        }
    }

    package override func shutDownWriting() {
        session?.close()
        sendCiphertext()
        super.shutDownWriting()
    }

    @discardableResult
    private func sendCiphertext() -> Bool {
        var bytes = [UInt8](repeating: 0, count: session?.ciphertextByteCount ?? 0)
        let count = bytes.withUnsafeMutableBytes { session?.takeCiphertext(into: $0) ?? 0 }
        return super.send(Array(bytes[..<count]))
    }

    private func receiveCiphertext() -> Bool {
        guard let bytes = super.receive(byteCountMax: session?.ciphertextRoom ?? 0), !bytes.isEmpty else {
            return false
        }
        _ = session?.receive(bytes.span.bytes)
        return true
    }
}
