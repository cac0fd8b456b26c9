import FakeServer
import ResolutionProtocol
import Testing

@testable import ResolutionClient

struct ExchangeTests {
    private let now = UInt32(1_000)
    private let waits = AskTimeouts(udpWaits: [500, 1_000, 1_500], connect: 300, answer: 400)

    private func exchange(_ request: Message = question(), _ transport: AskTransport = .automatic) -> Exchange {
        Exchange(request: request, transport: transport, timeouts: waits)
    }

    @Test func sendsThreeTimesWithOneIDThenConnects() throws {
        var machine = exchange()
        let wire = question().wire
        #expect(machine.advance(.started, nowSeconds: now) == .send([wire], waitMilliseconds: 500))
        #expect(machine.advance(.timedOut, nowSeconds: now) == .send([wire], waitMilliseconds: 1_000))
        #expect(machine.advance(.timedOut, nowSeconds: now) == .send([wire], waitMilliseconds: 1_500))
        #expect(machine.advance(.timedOut, nowSeconds: now) == .connect(waitMilliseconds: 300))
        #expect(machine.udpFailure == .noAnswer(sendings: 3, milliseconds: 3_000))
        #expect(machine.advance(.connected, nowSeconds: now) == .write(wire, waitMilliseconds: 400))
        #expect(machine.advance(.timedOut, nowSeconds: now) == .fail(.noAnswer(sendings: 1, milliseconds: 400)))
    }

    @Test func sendsAllPacketsOfALongRequestEachTime() {
        let long = question("88.118.8/" + String(repeating: "x", count: 1_000))
        var machine = exchange(long, .udp)
        guard case .send(let first, _) = machine.advance(.started, nowSeconds: now),
            case .send(let second, _) = machine.advance(.timedOut, nowSeconds: now)
        else { return #expect(Bool(false), "no sending") }
        #expect(first.count == 3)
        #expect(first == second)
        #expect(first.allSatisfy { $0[2] & 0x20 != 0 && $0.count <= 512 })
    }

    @Test func udpAloneEndsInUDP() {
        var machine = exchange(question(), .udp)
        for event in [Exchange.Event.started, .timedOut, .timedOut] { _ = machine.advance(event, nowSeconds: now) }
        #expect(machine.advance(.timedOut, nowSeconds: now) == .fail(.noAnswer(sendings: 3, milliseconds: 3_000)))
    }

    @Test func operationsThatUDPDoesNotCarryBeginWithTCP() {
        var machine = exchange(.request(.listIdentifiers, body: .bytes([]), requestID: 1))
        #expect(machine.advance(.started, nowSeconds: now) == .connect(waitMilliseconds: 300))
    }

    @Test func anotherIDIsDroppedOnUDPAndFatalOnTCP() throws {
        let other = try answer(to: question(requestID: 8)).wire
        var udp = exchange()
        _ = udp.advance(.started, nowSeconds: now)
        #expect(udp.advance(.datagram(other), nowSeconds: now) == .wait)
        #expect(udp.advance(.datagram([1, 2, 3]), nowSeconds: now) == .wait)
        let right = try answer(to: question())
        #expect(isAnswer(udp.advance(.datagram(right.wire), nowSeconds: now)))
        var tcp = connected()
        #expect(tcp.advance(.bytes(other), nowSeconds: now) == .fail(.wrongRequestID(8)))
    }

    @Test func joinsByLengthInAnyOrderWithDuplicates() throws {
        let whole = try answer(to: question(), byteCount: 2_000)
        let packets = try datagramsWithoutFlag(whole.wire)
        #expect(packets.count == 5)
        var machine = exchange()
        _ = machine.advance(.started, nowSeconds: now)
        for number in [4, 1, 1, 0, 3] {
            #expect(machine.advance(.datagram(packets[number]), nowSeconds: now) == .wait)
        }
        guard case .answer(let joined) = machine.advance(.datagram(packets[2]), nowSeconds: now) else {
            return #expect(Bool(false), "no answer")
        }
        #expect(joined.body == whole.body)
    }

    @Test func bytesOfAnAnswerMayComeOneByOne() throws {
        let wire = try answer(to: question()).wire
        var machine = connected()
        for byte in wire.dropLast() { #expect(machine.advance(.bytes([byte]), nowSeconds: now) == .wait) }
        #expect(isAnswer(machine.advance(.bytes([wire[wire.count - 1]]), nowSeconds: now)))
    }

    @Test func anAnswerCutShortAtEveryByteIsNoAnswer() throws {
        let wire = try answer(to: question()).wire
        for count in 0..<wire.count {
            var udp = exchange(question(), .udp)
            _ = udp.advance(.started, nowSeconds: now)
            let step = udp.advance(.datagram(Array(wire[..<count])), nowSeconds: now)
            // Without the whole envelope there is no id, and it is dropped; with it, it is ours and broken.
            #expect(step == (count < 20 ? .wait : .fail(.malformed(.truncated))), "cut at \(count)")
            var tcp = connected()
            #expect(tcp.advance(.bytes(Array(wire[..<count])), nowSeconds: now) == .wait)
            #expect(tcp.advance(.ended, nowSeconds: now) == .fail(.connectionEnded))
        }
    }

    @Test func P1_anAnnouncedLengthBeyondTheLimitIsRefusedUnread() throws {
        var wire = try answer(to: question()).wire
        wire.replaceSubrange(16..<20, with: [0x00, 0x04, 0x00, 0x01])  // 262,145
        var tcp = connected()
        #expect(tcp.advance(.bytes(wire), nowSeconds: now) == .fail(.malformed(.messageLengthOutOfRange)))
        var udp = exchange(question(), .udp)
        _ = udp.advance(.started, nowSeconds: now)
        #expect(udp.advance(.datagram(wire), nowSeconds: now) == .fail(.malformed(.messageLengthOutOfRange)))
    }

    @Test func aDigestAskedForMustBeThereAndRight() throws {
        let asked = question(flags: [.requestDigest])
        let right = try answer(to: asked)
        #expect(isAnswer(tcpStep(asked, right)))
        var wrong = right
        wrong.requestDigest?.bytes[0] ^= 1
        #expect(tcpStep(asked, wrong) == .fail(.digestWrong))
        var missing = right
        missing.requestDigest = nil
        missing.header.flags.remove(.requestDigest)
        #expect(tcpStep(asked, missing) == .fail(.digestMissing))
    }

    @Test func refusesWhatDoesNotAnswerTheQuestion() throws {
        let right = try answer(to: question())
        var expired = right
        expired.header.expiration = now - 5
        #expect(tcpStep(question(), expired) == .fail(.expired(secondsAgo: 5)))
        var operation = right
        operation.header.opCode = .getSiteInfo
        operation.header.responseCode = .error
        operation.body = .error(ErrorBody(message: []))
        #expect(tcpStep(question(), operation) == .fail(.wrongOperation(.getSiteInfo)))
        let other = try answer(to: question("88.118.8/pump-8"))
        #expect(tcpStep(question(), other) == .fail(.wrongIdentifier))
        #expect(tcpStep(question(), question()) == .fail(.notAnAnswer))
        var continued = right
        continued.header.flags.insert(.continued)
        #expect(tcpStep(question(), continued) == .fail(.tooLong))
        var encrypted = right
        encrypted.envelope.flags = .encrypted
        #expect(tcpStep(question(), encrypted) == .fail(.notPlain))
    }

    @Test func theSameNameInOtherLettersOrAsARecordIsTheSame() throws {
        #expect(isAnswer(tcpStep(question("88.118.8"), try answer(to: question("0.na/88.118.8")))))
        #expect(isAnswer(tcpStep(question("88.118.8/a"), try answer(to: question("88.118.8/A")))))
        #expect(tcpStep(question("88.118.8/ä"), try answer(to: question("88.118.8/Ä"))) == .fail(.wrongIdentifier))
    }

    @Test func anAnswerBeyond2038StillExpires() throws {
        var late = try answer(to: question())
        late.header.expiration = 0x8000_0010
        var machine = connected()
        let step = machine.advance(.bytes(late.wire), nowSeconds: 0x8000_0000)
        #expect(isAnswer(step))
        var again = connected()
        #expect(again.advance(.bytes(late.wire), nowSeconds: 0x8000_0020) == .fail(.expired(secondsAgo: 16)))
    }

    @Test func aRefusalOverUDPGoesToTCPAtOnce() {
        var machine = exchange()
        _ = machine.advance(.started, nowSeconds: now)
        #expect(machine.advance(.failed(errno: 111), nowSeconds: now) == .connect(waitMilliseconds: 300))
        #expect(machine.udpFailure == .refused)
        #expect(machine.advance(.failed(errno: 111), nowSeconds: now) == .fail(.refused))
    }

    private func connected(_ request: Message = question()) -> Exchange {
        var machine = exchange(request, .tcp)
        _ = machine.advance(.started, nowSeconds: now)
        _ = machine.advance(.connected, nowSeconds: now)
        return machine
    }

    private func tcpStep(_ request: Message, _ answer: Message) -> Exchange.Step {
        var machine = connected(request)
        return machine.advance(.bytes(answer.wire), nowSeconds: now)
    }

    private func isAnswer(_ step: Exchange.Step) -> Bool {
        if case .answer = step { true } else { false }
    }
}
