import Resolution
import ResolutionProtocol
import Testing

/// No request ends the process, is read beyond its end, or gets an answer that is no message.
@Suite struct ResponderFuzzTests {
    @Test func P6MutatedRequestsAreAnsweredOrDropped() throws {
        let seed = SeededGenerator.seed(for: "P6MutatedRequestsAreAnsweredOrDropped", or: 42)
        var mutator = RequestMutator(seed: seed)
        let node = mutator.node()
        // The request ends where a page begins that nobody may read.
        let block = try #require(GuardedBlock(byteCount: 8_192))
        var codes: Set<ResponseCode> = []
        for number in 0..<SeededGenerator.iterations(200_000) {
            var asked = Asked(mutator.mutated())
            asked.isDatagram = number % 2 == 0
            let time = BatchTime(unixSeconds: 1_700_000_000, nanoseconds: UInt64(number) * 1_000_000)
            let reply = block.withBytes(asked.bytes) { node.replies(to: [asked], in: $0, at: time, latency: 10)[0] }
            codes.insert(reply.code)
            if let fault = Self.fault(of: reply, to: asked) {
                Issue.record("seed \(seed), request \(number), \(fault): \(asked.bytes)")
                return
            }
        }
        // Deep enough: every code that the registry can give was given.
        let wanted: Set<ResponseCode> = [
            .request, .success, .error, .serverBusy, .protocolError, .operationNotSupported, .identifierNotFound,
            .invalidIdentifier, .valuesNotFound, .notResponsible, .serviceReferral, .prefixReferral,
        ]
        #expect(codes == wanted)
    }

    private static func fault(of reply: Reply, to asked: Asked) -> String? {
        guard !reply.bytes.isEmpty else {
            if reply.slot.silence == .none { return "silence without a reason" }
            return asked.bytes.count >= 20 && !asked.isDatagram ? "silence over TCP" : nil
        }
        guard let message = reply.message else { return "the answer is no message" }
        guard message.wire == reply.bytes || reply.code.hasErrorBody else { return "the answer has another form" }
        let requestID = asked.bytes[8..<12].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        guard message.envelope.requestID == requestID else { return "another request's number" }
        guard message.header.responseCode == reply.code else { return "the slot tells another code" }
        return contains(reply.bytes, RequestMutator.secret) && !contains(asked.bytes, RequestMutator.secret)
            ? "a secret left" : nil
    }
}
