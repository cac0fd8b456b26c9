package import Cryptography
package import ResolutionProtocol

/// One question and its answer, without I/O: feed it what happened, do what it says (wire.md §§8–10).
///
/// Over UDP all packets are sent again, with the same RequestId, after each wait; then TCP is tried, where that is
/// allowed. Packets with another RequestId are dropped without a word and restart no wait, so that no stream of them
/// can keep a question open. Every step is one further on, and each waits only so long: the machine ends.
package struct Exchange: Sendable {
    /// What happened.
    package enum Event: Sendable {
        /// Nothing yet: begin.
        case started
        /// A datagram of the server came.
        case datagram([UInt8])
        /// The connection is made.
        case connected
        /// Bytes came over the connection.
        case bytes([UInt8])
        /// The server ended the connection.
        case ended
        /// The wait of the last step is over.
        case timedOut
        /// A system call failed with this errno.
        case failed(errno: Int32)
        /// The connection cannot be used, for this reason.
        case broken(AskFailure)
    }

    /// What to do. A wait counts from now and takes the place of the one before.
    package enum Step: Hashable, Sendable {
        /// Send these datagrams.
        case send([[UInt8]], waitMilliseconds: Int)
        /// Make a connection; no more is expected over UDP.
        case connect(waitMilliseconds: Int)
        /// Send these bytes over the connection.
        case write([UInt8], waitMilliseconds: Int)
        /// Go on waiting; the wait under way stays as it is.
        case wait
        /// Done.
        case answer(Message)
        /// Done, in vain; `udpFailure` tells why UDP was left.
        case fail(AskFailure)
    }

    private enum Phase: Sendable {
        case new
        /// So many sendings were made.
        case udp(sendings: Int)
        case connecting
        case tcp
        case ended
    }

    private let wire: [UInt8]
    private let requestID: UInt32
    private let check: AnswerCheck
    private let transport: AskTransport
    private let timeouts: AskTimeouts
    private let isWary: Bool
    private var phase = Phase.new
    private var joiner: PacketJoiner
    private var cutter = MessageCutter()
    /// Why UDP was left for TCP; nil: it was not.
    package private(set) var udpFailure: AskFailure?
    /// Datagrams with our RequestId that are not the answer all the same, where these are dropped.
    package private(set) var unbelievedCount = 0

    /// Asks `request`, whose RequestId is set.
    ///
    /// `.automatic` leaves UDP out where the operation does not go over it, and `.udp` asks over it all the same. A
    /// wary one drops datagrams with our RequestId that may not be believed, as they may be a stranger's, and goes on
    /// waiting (reliability case F3); another takes them for the server's, and leaves UDP because of them. Where there
    /// is a `signer`, only an answer that it has signed will do.
    package init(
        request: Message,
        transport: AskTransport,
        timeouts: AskTimeouts,
        isWary: Bool = false,
        signer: PublicKey? = nil
    ) {
        wire = request.wire
        requestID = request.envelope.requestID
        check = AnswerCheck(request: request, wire: wire, signer: signer)
        self.transport = transport == .automatic && !request.header.opCode.isCarriedByUDP ? .tcp : transport
        self.timeouts = timeouts
        self.isWary = isWary
        var limits = PacketJoiner.Limits()
        limits.messages = 1
        limits.messagesPerSource = 1
        limits.byteCount = Envelope.messageLengthMax
        joiner = PacketJoiner(limits: limits)
    }

    /// What to do now that `event` happened; `nowSeconds` since 1970 judges whether an answer has expired.
    package mutating func advance(_ event: Event, nowSeconds: UInt32) -> Step {
        switch (phase, event) {
        case (.new, .started): return transport == .tcp ? connect() : send(sendings: 0)
        case (.udp, .datagram(let datagram)): return take(datagram: datagram, nowSeconds: nowSeconds)
        case (.udp(let sendings), .timedOut): return send(sendings: sendings)
        case (.udp, .failed(let code)): return leaveUDP(because: AskFailure(errno: code))
        case (.connecting, .connected): return write()
        case (.connecting, .timedOut): return fail(.connectTimedOut(milliseconds: timeouts.connect))
        case (.tcp, .bytes(let bytes)): return take(bytes: bytes, nowSeconds: nowSeconds)
        case (.tcp, .timedOut): return fail(.noAnswer(sendings: 1, milliseconds: timeouts.answer))
        case (.tcp, .ended): return fail(.connectionEnded)
        case (.connecting, .failed(let code)), (.tcp, .failed(let code)): return fail(AskFailure(errno: code))
        case (.connecting, .broken(let failure)), (.tcp, .broken(let failure)): return fail(failure)
        default: return .wait  // A datagram late for a connection, and the like.
        }
    }

    /// The connection ended before the answer, and is made once more: the next event tells of that one. The wait under
    /// way stays as it is.
    mutating func reconnect() {
        guard case .tcp = phase else { return }
        phase = .connecting
        cutter = MessageCutter()
    }

    private mutating func send(sendings: Int) -> Step {
        guard sendings < timeouts.udpWaits.count else {
            return leaveUDP(
                because: .noAnswer(sendings: sendings, milliseconds: timeouts.udpWaits.reduce(0, +))
            )
        }
        phase = .udp(sendings: sendings + 1)
        return .send(datagrams, waitMilliseconds: timeouts.udpWaits[sendings])
    }

    private var datagrams: [[UInt8]] {
        guard let envelope = try? AnswerCheck.envelope(of: wire) else { return [] }
        return Packets.datagrams(of: Array(wire.dropFirst(Envelope.byteCount)), envelope: envelope)
    }

    private mutating func leaveUDP(because failure: AskFailure) -> Step {
        guard transport == .automatic else { return fail(failure) }
        udpFailure = failure
        return connect()
    }

    private mutating func connect() -> Step {
        phase = .connecting
        return .connect(waitMilliseconds: timeouts.connect)
    }

    private mutating func write() -> Step {
        phase = .tcp
        return .write(wire, waitMilliseconds: timeouts.answer)
    }

    private mutating func fail(_ failure: AskFailure) -> Step {
        phase = .ended
        return .fail(failure)
    }

    /// Takes a datagram; one of another request, or too short to tell, is not there.
    private mutating func take(datagram: [UInt8], nowSeconds: UInt32) -> Step {
        var reader = WireReader(datagram.span.bytes)
        guard let envelope = try? Envelope(anyLengthFrom: &reader), envelope.requestID == requestID else {
            return .wait
        }
        guard envelope.messageLength <= UInt32(Envelope.messageLengthMax) else {
            return doubt(.malformed(.messageLengthOutOfRange))
        }
        var whole = datagram
        // By the length, never by the truncated flag, which some servers leave clear (wire.md §9).
        if Int(envelope.messageLength) > Packets.payloadByteCountMax {
            guard let joined = join(datagram, envelope: envelope) else { return .wait }
            whole = joined
        }
        do throws(AskFailure) {
            let answer = try check.answer(whole, nowSeconds: nowSeconds)
            guard !answer.header.flags.contains(.continued) else { throw .tooLong }
            return done(answer)
        } catch {
            return doubt(error)
        }
    }

    /// What to do about a datagram that may not be believed.
    private mutating func doubt(_ failure: AskFailure) -> Step {
        guard isWary else { return failure == .tooLong ? fail(failure) : leaveUDP(because: failure) }
        unbelievedCount += 1
        return .wait
    }

    private mutating func join(_ datagram: [UInt8], envelope: Envelope) -> [UInt8]? {
        let payload = datagram.span.bytes.extracting(Envelope.byteCount..<datagram.count)
        // The exchange ends by its own waits, so the joiner needs no clock.
        guard case .complete(let whole) = joiner.take(envelope: envelope, payload: payload, from: [], nowNanoseconds: 0)
        else { return nil }
        return whole
    }

    private mutating func take(bytes: [UInt8], nowSeconds: UInt32) -> Step {
        cutter.append(bytes[...])
        do throws(WireError) {
            guard let whole = try cutter.next() else { return .wait }
            do throws(AskFailure) {
                return done(try check.answer(whole, nowSeconds: nowSeconds))
            } catch {
                return fail(error)
            }
        } catch {
            return fail(.malformed(error))
        }
    }

    private mutating func done(_ answer: Message) -> Step {
        guard !answer.header.flags.contains(.continued) else { return fail(.tooLong) }
        phase = .ended
        return .answer(answer)
    }
}
