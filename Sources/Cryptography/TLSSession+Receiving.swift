internal import COpenSSL

/// From the peer's ciphertext to plaintext.
extension TLSSession {
    /// Takes ciphertext of the peer and goes on with the handshake; returns how many bytes were taken.
    ///
    /// All of them, unless 64 KiB wait: then take plaintext and ciphertext and offer the rest again. A session that has
    /// failed takes everything and forgets it.
    public mutating func receive(_ ciphertext: RawSpan) -> Int {
        if case .failed = state { return ciphertext.byteCount }
        let count = ciphertext.withUnsafeBytes { incoming.append($0) }
        shakeHands()
        return count
    }

    /// Bytes of ciphertext that are sure to be taken.
    public var ciphertextRoom: Int { incoming.room }

    /// The peer's bytes have ended. Anything but an announced end is a failure (RFC 8446 §6.1): take all plaintext
    /// first.
    public mutating func receiveEnd() {
        if case .failed = state { return }
        if state == .handshaking || !peerHasClosed { fail(.cut) }
    }

    /// Moves plaintext to `target`; returns how many bytes, 0 for none so far, or none any more: see `state`.
    ///
    /// Where `target` was filled there may be more.
    public mutating func takePlaintext(into target: UnsafeMutableRawBufferPointer) -> Int {
        guard state == .open || state == .closing, !peerHasClosed else { return 0 }
        var filled = 0
        while filled < target.count {
            ERR_clear_error()
            var count = 0
            let result = SSL_read_ex(ssl, target.baseAddress?.advanced(by: filled), target.count - filled, &count)
            guard result == 1 else {
                note(result, during: "SSL_read_ex")
                break
            }
            filled += count
        }
        return filled
    }

    /// Goes on with the handshake as far as what has come allows.
    mutating func shakeHands() {
        guard state == .handshaking else { return }
        ERR_clear_error()
        let result = SSL_do_handshake(ssl)
        guard result != 1 else { return state = .open }
        note(result, during: "SSL_do_handshake")
    }

    /// Tells waiting from an end and from a failure.
    mutating func note(_ result: Int32, during function: String) {
        switch SSL_get_error(ssl, result) {
        case SSL_ERROR_WANT_READ, SSL_ERROR_WANT_WRITE: return
        case SSL_ERROR_ZERO_RETURN: state = .closing
        default: fail(.drain(of: ssl, during: function))
        }
    }

    mutating func fail(_ failure: TLSFailure) {
        state = .failed(failure)
        incoming.removeAll()
    }
}
