internal import Cryptography
internal import EventLoop

/// The handshake. Its steps take longer than a worker's loop may be kept, so the key thread has the session for each of
/// them, and the worker's mailbox brings it back; what comes meanwhile waits.
extension SecureStream {
    /// The most ciphertext that waits for the session, and as much as that takes when it is back.
    private static var earlyByteCountMax: Int { 64 << 10 }

    /// Whether the session is with the key thread.
    var isAway: Bool { stepNumber != 0 }

    /// Whether ciphertext is not the session's yet.
    var isShakingHands: Bool { isAway || session?.state == .handshaking }

    /// How much more ciphertext may come.
    var earlyRoom: Int { Self.earlyByteCountMax - early.count - stepByteCount }

    /// Takes ciphertext that comes before there is plaintext.
    func takeEarly(_ bytes: UnsafeRawBufferPointer) {
        guard core.pointee.hasRoom(for: bytes.count) else {
            core.pointee.metrics.add(.requestsRefusedBusy)
            return close(.connectionsClosedForRoom)
        }
        core.pointee.changeBuffered(by: bytes.count)
        early.append(contentsOf: bytes)
        if !isAway { goOnShakingHands() }
        if earlyRoom <= 0 { stream.stopReading() }
    }

    /// Gives the session to the key thread where there is something for it; whether it did.
    @discardableResult
    private func goOnShakingHands() -> Bool {
        let byteCount = TLSRecords.wholeByteCount(of: early)
        guard byteCount > 0, let session = session.take() else { return false }
        let step = HandshakeStep(
            number: core.pointee.nextConnectionNumber(),
            bytes: Array(early[..<byteCount]),
            session: session
        )
        early.removeFirst(byteCount)
        stepByteCount = byteCount
        stepNumber = step.number
        core.pointee.handshaking[step.number] = Unmanaged.passUnretained(self)
        let returned = core.pointee.returnedHandshakes
        let isTaken = core.pointee.keys?.runHandshake {
            step.run()
            _ = returned?.post(step)
        }
        if isTaken != true { close(.connectionsClosedKeysBusy) }
        return true
    }

    /// Goes on with the session that the key thread had.
    func takeBack(_ step: HandshakeStep) {
        forgetStep()
        session = step.takeSession()
        certified = step.certified
        guard let connection, !connection.pointee.isClosed else { return }
        if session?.state == .handshaking {
            guard flush() else { return close(.connectionsClosedByError) }
            guard !goOnShakingHands() else { return }
        } else {
            _ = session?.receive(early.span.bytes)
            forgetEarly()
            noteHandshake()
        }
        deliver()
        guard isReading, !connection.pointee.isClosed, !hasEndedEarly else { return }
        if stream.startReading() != 0 { close(.connectionsClosedByError) }
    }

    private func noteHandshake() {
        if session?.state == .open { core.pointee.metrics.add(.handshakesTLS) }
    }

    /// Drops what the key thread is still to bring back, and what waits for that.
    func giveUpHandshake() {
        forgetStep()
        forgetEarly()
    }

    private func forgetStep() {
        guard isAway else { return }
        core.pointee.handshaking[stepNumber] = nil
        stepNumber = 0
        core.pointee.changeBuffered(by: -stepByteCount)
        stepByteCount = 0
    }

    private func forgetEarly() {
        core.pointee.changeBuffered(by: -early.count)
        early = []
    }
}
