import Resolution
import ResolutionProtocol
import Testing

/// Requests that walk through together keep their order and do not influence each other.
@Suite struct ResponderBatchTests {
    @Test func mixedBatchOf32KeepsItsOrder() {
        let node = Registry.node()
        node.store.setStatus(.damaged, of: "88.118.8/D")
        node.store.setStatus(.unavailable, of: "88.118.8/U")
        let kinds: [(String, ResponseCode)] = [
            (Registry.item, .success), ("88.118.8/none", .identifierNotFound), ("99/x", .notResponsible),
            ("88.118.7/x", .serviceReferral), ("0.NA/88.118.7.1", .prefixReferral), ("", .invalidIdentifier),
            ("88.118.8/D", .error), ("88.118.8/U", .serverBusy),
        ]
        let requests = (0..<32).map { number in
            Message.resolve(kinds[number % 8].0, requestID: UInt32(number + 1))
        }
        let replies = node.replies(to: requests.map { Asked($0) })
        for (number, reply) in replies.enumerated() {
            #expect(reply.code == kinds[number % 8].1)
            #expect(reply.message?.envelope.requestID == UInt32(number + 1))
        }
        // One look-up for all, and one for the referrals of derived prefixes.
        #expect(node.store.calls.map(\.count) == [24, 4])
    }

    @Test func aBatchHoldsNoMoreThan32() {
        var batch = RequestBatch()
        let slot = RequestSlot(
            offset: 0,
            byteCount: 0,
            origin: .own,
            isDatagram: false,
            source: QuerySource(high: 0, low: 0, prefixLength: 128),
            port: 0
        )
        for number in 0..<40 {
            #expect(batch.isFull == (number >= 32))
            batch.append(slot)
        }
        #expect(batch.count == 32)
        batch.removeAll()
        #expect(batch.count == 0)
    }

    @Test func anEmptyBatchAsksNothing() {
        let node = Registry.node()
        #expect(node.replies(to: []).isEmpty)
        #expect(node.store.calls.isEmpty)
    }

    @Test func batchesEqualTheirRequestsOneByOne() {
        let seed = SeededGenerator.seed(for: "batchesEqualTheirRequestsOneByOne", or: 7)
        var mutator = RequestMutator(seed: seed)
        let together = mutator.node()
        let alone = mutator.node()
        var requestCount = 0
        while requestCount < 20_000 {
            let requests = (0..<(1 + mutator.random.below(32))).map { _ in
                var asked = Asked(mutator.random.below(3) == 0 ? mutator.datagram(upTo: 1_000) : mutator.mutated())
                asked.isDatagram = mutator.random.below(2) == 0
                return asked
            }
            let replies = together.replies(to: requests)
            for (request, reply) in zip(requests, replies) {
                let single = alone.reply(to: request)
                let isEqual =
                    single.bytes == reply.bytes && single.code == reply.code && single.slot.opCode == reply.slot.opCode
                    && single.slot.silence == reply.slot.silence
                if !isEqual {
                    Issue.record("seed \(seed), request \(requestCount): \(request.bytes)")
                    return
                }
            }
            requestCount += requests.count
        }
    }
}
