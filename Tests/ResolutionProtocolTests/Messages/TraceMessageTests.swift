import ResolutionProtocol
import Testing

struct TraceMessageTests {
    private static let link = TraceLink(
        index: 2_003,
        type: Array("REFERENCE.CASE".utf8),
        identifier: Array("88.1/c".utf8)
    )

    @Test func requestsAreSymmetric() throws {
        var request = TraceRequest(
            identifier: Array("88.1/a".utf8),
            direction: .reverse,
            depth: 8,
            types: [Array("case".utf8), Array("part.".utf8)],
            flags: .withoutValues
        )
        request.identifierCountMax = 1_000
        request.byteCountMax = 65_536
        try expectSymmetric(request)
        try expectLeavesRest(request)
        #expect(throws: WireError.invalidField) { try TraceRequest(wire: [3] + request.wire.dropFirst()) }
    }

    @Test(arguments: TraceState.allCases)
    func itemsAreSymmetric(state: TraceState) throws {
        var item = TraceItem(
            level: 3,
            state: state,
            code: .success,
            identifier: Array("88.1/b".utf8),
            origin: Self.link
        )
        try expectSymmetric(item)
        item.flags = [.stale, .withoutLinks]
        item.links = [Self.link, .none]
        item.values = [HandleValue(index: 1, type: Array("URL".utf8), data: [1, 2, 3])]
        try expectSymmetric(item)
        try expectLeavesRest(item)
        try expectSymmetric(TraceAnswer(untoldCount: 7, items: [item, item]))
        #expect(throws: WireError.invalidField) { try TraceItem(wire: [3, 0] + item.wire.dropFirst(2)) }
        #expect(throws: WireError.invalidField) { try TraceItem(wire: [3, 9] + item.wire.dropFirst(2)) }
    }
}
