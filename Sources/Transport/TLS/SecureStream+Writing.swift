internal import Cryptography
internal import EventLoop
internal import Glibc

/// From the connection's plaintext to ciphertext.
extension SecureStream {
    /// Turns plaintext into ciphertext for as long as the socket takes that at once; returns how many bytes.
    ///
    /// The last records, 64 KiB at most, may wait here: they count as not taken, so that the connection's limits and
    /// deadlines hold for them, and the connection's `write` begins with them.
    func tryWrite(_ bytes: UnsafeRawBufferPointer) -> Int {
        var taken = 0
        while taken < bytes.count, !stream.isWriting {
            let count = session?.write(UnsafeRawBufferPointer(rebasing: bytes[taken...]).bytes) ?? 0
            guard flush() else { return -Int(EPIPE) }
            guard count > 0 else { return isBroken ? -Int(EPIPE) : taken }
            guard !stream.isWriting else {
                encryptedAhead = count
                break
            }
            taken += count
        }
        return taken
    }

    /// Sends all the bytes and then tells the connection, never before this returns.
    func write(_ bytes: UnsafeRawBufferPointer) -> Int32 {
        guard !isBroken else { return EPIPE }
        part = bytes
        partTaken = min(encryptedAhead, bytes.count)
        encryptedAhead = 0
        guard !stream.isWriting else { return 0 }
        return encryptPart() ? 0 : EPIPE
    }

    var isBroken: Bool {
        if case .failed? = session?.state { true } else { false }
    }

    private var ciphertextByteCount: Int { session?.ciphertextByteCount ?? 0 }

    /// What the stream was given is sent.
    func written(_ errno: Int32) {
        releaseWaiting()
        guard errno == 0 else { return close(.connectionsClosedByError) }
        if let part, partTaken == part.count, ciphertextByteCount == 0 {
            self.part = nil
            connection?.written(0)
        } else if part != nil || ciphertextByteCount > 0 {
            guard encryptPart() else { return close(.connectionsClosedByError) }
        } else if isToShutDown {
            shutDownStream()
        }
    }

    /// Gives the stream the ciphertext there is, with that of what is left of the part; false where it is broken.
    private func encryptPart() -> Bool {
        if let part {
            partTaken += session?.write(UnsafeRawBufferPointer(rebasing: part[partTaken...]).bytes) ?? 0
        }
        guard ciphertextByteCount > 0 else { return false }
        return writeWaiting(after: UnsafeRawBufferPointer(start: nil, count: 0))
    }

    /// Gives the socket the ciphertext there is, and keeps what it does not take at once for the stream to write; false
    /// where it is broken.
    func flush() -> Bool {
        guard !stream.isWriting else { return true }
        let buffer = UnsafeMutableRawBufferPointer(
            start: core.pointee.secureBuffer,
            count: WorkerCore.secureBufferByteCount
        )
        while let count = session?.takeCiphertext(into: buffer), count > 0 {
            let taken = stream.tryWrite(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
            guard taken >= 0 else { return false }
            if taken < count { return writeWaiting(after: UnsafeRawBufferPointer(rebasing: buffer[taken..<count])) }
        }
        return true
    }

    /// Has the stream write `first` and the ciphertext there is.
    private func writeWaiting(after first: UnsafeRawBufferPointer) -> Bool {
        let byteCount = first.count + ciphertextByteCount
        let bytes = UnsafeMutableRawBufferPointer.allocate(byteCount: byteCount, alignment: 16)
        bytes.copyMemory(from: first)
        _ = session?.takeCiphertext(into: UnsafeMutableRawBufferPointer(rebasing: bytes[first.count...]))
        waiting = bytes
        core.pointee.changeBuffered(by: byteCount)
        guard stream.write(UnsafeRawBufferPointer(bytes)) == 0 else {
            releaseWaiting()
            return false
        }
        return true
    }

    /// As of the stream, with what has not reached it and without what is counted as the connection's still.
    var unacknowledgedByteCount: Int {
        stream.unacknowledgedByteCount + (waiting?.count ?? 0) + ciphertextByteCount
            - (part == nil ? 0 : partTaken)
    }

    /// Says that we send no more, and ends our side of the stream behind that.
    func shutDown() -> Int32 {
        guard !isAway else {
            giveUpHandshake()
            return stream.shutDown()
        }
        session?.close()
        guard flush() else { return EPIPE }
        guard ciphertextByteCount == 0 else {
            isToShutDown = true
            return 0
        }
        return stream.shutDown()
    }

    private func shutDownStream() {
        isToShutDown = false
        if stream.shutDown() != 0 { close(.connectionsClosedByError) }
    }
}
