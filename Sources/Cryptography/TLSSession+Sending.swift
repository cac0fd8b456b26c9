internal import COpenSSL

/// From plaintext to ciphertext for the peer.
extension TLSSession {
    /// What the largest record takes (RFC 8446 §5.2), with room for an alert behind it.
    private static let recordRoom = (16 << 10) + 512

    /// Takes plaintext to send; returns how many bytes were taken.
    ///
    /// 0 while handshaking and after `close()`. Fewer than offered where ciphertext waits: take it and offer the rest
    /// again. What the peer has ended may still be answered.
    public mutating func write(_ plaintext: RawSpan) -> Int {
        guard state == .open || state == .closing, !hasClosed else { return 0 }
        return plaintext.withUnsafeBytes { plaintext in
            var taken = 0
            while taken < plaintext.count, outgoing.room >= Self.recordRoom {
                ERR_clear_error()
                var count = 0
                let result = SSL_write_ex(
                    ssl,
                    plaintext.baseAddress?.advanced(by: taken),
                    plaintext.count - taken,
                    &count
                )
                guard result == 1 else {
                    note(result, during: "SSL_write_ex")
                    break
                }
                taken += count
            }
            return taken
        }
    }

    /// Bytes that wait to be sent.
    public var ciphertextByteCount: Int { outgoing.count }

    /// Moves ciphertext for the peer to `target`; returns how many bytes, 0 where there is none.
    public mutating func takeCiphertext(into target: UnsafeMutableRawBufferPointer) -> Int {
        let count = outgoing.take(into: target)
        // A flight longer than what fits goes on when it is taken.
        if count > 0 { shakeHands() }
        return count
    }

    /// Says that we send no more (close_notify); what the peer still sends may be read. A handshake is given up.
    public mutating func close() {
        switch state {
        case .failed: return
        case .handshaking:
            fail(.cut)
        case .open, .closing:
            ERR_clear_error()
            _ = SSL_shutdown(ssl)
            ERR_clear_error()
            state = .closing
        }
    }
}
