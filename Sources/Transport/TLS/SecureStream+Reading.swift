internal import Cryptography
internal import EventLoop

/// From ciphertext to the connection's plaintext.
extension SecureStream {
    /// Memory for as much ciphertext as the session takes.
    func readTarget(_ byteCount: UnsafeMutablePointer<Int>) -> UnsafeMutableRawPointer? {
        let room = isShakingHands ? earlyRoom : session?.ciphertextRoom ?? WorkerCore.secureBufferByteCount
        byteCount.pointee = min(room, WorkerCore.secureBufferByteCount)
        return core.pointee.secureBuffer
    }

    /// Takes `byteCount` bytes of ciphertext that came into what `readTarget` lent.
    func received(_ byteCount: Int) {
        let ciphertext = UnsafeRawBufferPointer(start: core.pointee.secureBuffer, count: byteCount)
        guard !isShakingHands else { return takeEarly(ciphertext) }
        _ = session?.receive(ciphertext.bytes)
        deliver()
    }

    /// Reads from the stream, after what has come already.
    func startReading() -> Int32 {
        isReading = true
        // Called from within a delivery, which goes on by itself.
        guard !isDelivering else { return stream.startReading() }
        deliver()
        guard isReading, let connection, !connection.pointee.isClosed else { return 0 }
        return stream.startReading()
    }

    /// Gives the connection the plaintext there is, for as long as it wants any, and tells it of an end.
    func deliver() {
        guard let connection, !isDelivering, session != nil else { return }
        isDelivering = true
        defer { isDelivering = false }
        while isReading, !connection.pointee.isClosed {
            var byteCount = 0
            guard let target = connection.readTarget(&byteCount) else { return close(.connectionsClosedByError) }
            let plaintext = UnsafeMutableRawBufferPointer(start: target, count: byteCount)
            guard let count = session?.takePlaintext(into: plaintext), count > 0 else { break }
            connection.received(count)
        }
        guard !connection.pointee.isClosed else { return }
        // The handshake's next flight, or the alert that says why there is none.
        guard flush() else { return close(.connectionsClosedByError) }
        // Not closed at once: bytes that wait unread would reset it, and the alert might be lost.
        if isBroken { return connection.end(because: .connectionsClosedByTLS) }
        if session?.peerHasClosed == true || hasEndedEarly, isReading, !hasToldEnd {
            hasToldEnd = true
            connection.ended(0)
        }
    }

    /// The stream has no more ciphertext, or is broken. Messages have lengths, so one that was cut short shows without
    /// TLS's own notice of the end.
    func ended(_ errno: Int32) {
        guard errno != 0 || !isAway else {
            hasEndedEarly = true
            return
        }
        hasToldEnd = true
        connection?.ended(errno)
    }
}
