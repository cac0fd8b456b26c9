import Resolution
import ResolutionProtocol
import Testing

/// What UDP adds: unproven senders get little, and some get nothing (P1, P2, R1).
@Suite struct ResponderDatagramTests {
    private let node = Registry.node()

    @Test func P1UpTo19BytesAreSilent() {
        var random = SeededGenerator(seed: SeededGenerator.seed(for: "P1UpTo19BytesAreSilent", or: 1))
        for count in 0..<20 {
            for asked in [
                random.bytes(count), [UInt8](repeating: 0, count: count), [UInt8](repeating: 255, count: count),
            ] {
                for reply in [node.reply(to: Asked(asked).overUDP), node.reply(to: Asked(asked))] {
                    #expect(reply.bytes.isEmpty)
                    #expect(reply.slot.silence == .tooShort)
                    #expect(reply.code == .request)
                }
            }
        }
    }

    @Test func responsesAreSilent() {
        for code in [1, 2, 100, 301, 402, 0x8000_0000, .max] as [UInt32] {
            var message = Message.resolve(Registry.item)
            message.header.responseCode = ResponseCode(rawValue: code)
            message.body = .bytes([UInt8](repeating: 0, count: 200))
            let reply = node.reply(to: Asked(message).overUDP)
            #expect(reply.bytes.isEmpty)
            #expect(reply.slot.silence == .isResponse)
        }
        #expect(node.store.calls.isEmpty)
    }

    @Test func successIsTheSameOverUDPAndTCP() {
        let request = Message.resolve(Registry.item)
        #expect(node.reply(to: Asked(request).overUDP).bytes == node.reply(to: request).bytes)
    }

    @Test func R1AnswersOfMoreThan32PacketsAreWithdrawn() {
        // Header, name, count, one value with type "T", credential length, and data up to 32 full packets.
        let name = "88.118.8/L"
        let fixed = 24 + 4 + name.utf8.count + 4 + 26 + 1 + 4
        let full = 32 * 492 - fixed
        for (count, isSent) in [(full - 1, true), (full, true), (full + 1, false), (100_000, false)] {
            let value = HandleValue(index: 1, type: [84], data: [UInt8](repeating: 9, count: count))
            node.store.put(name, [value])
            let reply = node.reply(to: Asked(.resolve(name)).overUDP)
            #expect(reply.bytes.isEmpty == !isSent)
            #expect(reply.slot.silence == (isSent ? .none : .answerTooLarge))
            #expect(reply.code == (isSent ? .success : .request))
            #expect(node.reply(to: .resolve(name)).code == .success)
        }
    }

    @Test func boundOfPacketsIsASetting() {
        var settings = TestNode.settings()
        settings.answerPacketCountMax = 1
        let node = Registry.node(settings: settings)
        node.store.put("88.118.8/L", [HandleValue(index: 1, type: [84], data: [UInt8](repeating: 9, count: 492))])
        #expect(node.reply(to: Asked(.resolve("88.118.8/L")).overUDP).slot.silence == .answerTooLarge)
        #expect(node.reply(to: Asked(.resolve("88.118.8", indexes: [1])).overUDP).code == .success)
    }

    @Test func errorTextIsCutToTheRequest() {
        // 44 bytes of envelope and header, the text with its length, and the length of no credential.
        for (identifier, text) in [("9", "not r"), ("99/x", "not resp"), ("99/xyz", "not respon")] {
            let request = Message.resolve(identifier)
            let reply = node.reply(to: Asked(request).overUDP)
            let room = request.wire.count - 52
            guard case .error(let error) = reply.message?.body else { return #expect(Bool(false), "no error") }
            #expect(error.message == Array("not responsible for this prefix".utf8.prefix(room)))
            #expect(error.message.starts(with: text.utf8))
            #expect(reply.bytes.count == request.wire.count)
        }
        let long = Message.resolve("99/" + String(repeating: "x", count: 200))
        expect(
            node.reply(to: Asked(long).overUDP),
            expectedAnswer(
                to: long,
                .notResponsible,
                .error(ErrorBody(message: Array("not responsible for this prefix".utf8)))
            )
        )
    }

    @Test func digestIsLeftOutWhereItWouldMakeTheErrorLarger() {
        let flags = OpFlags.requestDefault.union(.requestDigest)
        let short = Message.resolve("99/x", flags: flags)
        let reply = node.reply(to: Asked(short).overUDP)
        #expect(reply.message?.requestDigest == nil)
        #expect(reply.message?.header.flags.contains(.requestDigest) == false)
        #expect(reply.bytes.count == short.wire.count)
        let long = Message.resolve("99/" + String(repeating: "x", count: 30), flags: flags)
        let longReply = node.reply(to: Asked(long).overUDP)
        #expect(longReply.message?.requestDigest == digest(.sha256, of: long))
        #expect(longReply.bytes.count <= long.wire.count)
    }

    @Test func theSmallestErrorIsAsLargeAsTheSmallestRequest() {
        // 48 bytes: no body, and the length of no credential. The error leaves that length out.
        let request = Message.operation(999)
        #expect(request.wire.count == 48)
        let reply = node.reply(to: Asked(request).overUDP)
        #expect(reply.bytes.count == 48)
        #expect(reply.message?.body == .error(ErrorBody(message: [])))
        #expect(reply.message?.header.responseCode == .operationNotSupported)
        // Without that length in the request there is no room for any error.
        var envelope = request.envelope
        envelope.messageLength = 24
        let bare = node.reply(to: Asked(envelope.wire + request.wire[20..<44]).overUDP)
        #expect(bare.bytes.isEmpty)
        #expect(bare.slot.silence == .errorLargerThanRequest)
        #expect(bare.code == .request)
    }

    @Test func P2R1ErrorsAreNeverLargerThanTheRequest() throws {
        let seed = SeededGenerator.seed(for: "P2R1ErrorsAreNeverLargerThanTheRequest", or: 20_261_121)
        var mutator = RequestMutator(seed: seed)
        let node = mutator.node()
        let block = try #require(GuardedBlock(byteCount: 4_096))
        var silent = 0
        var errors = 0
        for number in 0..<100_000 {
            let asked = Asked(mutator.datagram(upTo: 2_048)).overUDP
            let reply = block.withBytes(asked.bytes) { node.replies(to: [asked], in: $0)[0] }
            let isError = reply.code.hasErrorBody
            let isWithinBounds =
                isError
                ? reply.bytes.count <= asked.bytes.count : Packets.count(messageByteCount: reply.bytes.count - 20) <= 32
            if !isWithinBounds {
                Issue.record("datagram \(number) of seed \(seed): \(asked.bytes) got \(reply.bytes.count) bytes")
                return
            }
            if reply.bytes.isEmpty { silent += 1 } else if isError { errors += 1 }
        }
        // All three kinds came about, so that the property has been tried.
        #expect(silent > 1_000)
        #expect(errors > 1_000)
        #expect(silent + errors < 99_000)
    }
}
