import ResolutionProtocol
import Testing

@Suite struct HandleValueTests {
    /// data-model.md §2.
    @Test func theExamplesOfTheReference() {
        let url = HandleValue(
            index: 1,
            timestamp: 0x6000_0000,
            type: Array("URL".utf8),
            data: Array("https://example.org/".utf8)
        )
        #expect(
            url.wire
                == [0, 0, 0, 1, 0x60, 0, 0, 0, 0, 0, 1, 0x51, 0x80, 0x0E, 0, 0, 0, 3] + Array("URL".utf8)
                + [0, 0, 0, 0x14] + Array("https://example.org/".utf8) + [0, 0, 0, 0]
        )
        let email = HandleValue(
            index: 2,
            timestamp: 0x6000_0000,
            ttlType: 1,
            ttl: 0x7000_0000,
            permissions: [.adminRead, .publicWrite],
            type: Array("EMAIL".utf8),
            data: Array("a@b.c".utf8),
            references: [ValueReference(identifier: Array("35.TEST/B".utf8), index: 5)]
        )
        #expect(
            email.wire
                == [0, 0, 0, 2, 0x60, 0, 0, 0, 1, 0x70, 0, 0, 0, 0x09, 0, 0, 0, 5] + Array("EMAIL".utf8)
                + [0, 0, 0, 5] + Array("a@b.c".utf8) + [0, 0, 0, 1, 0, 0, 0, 9] + Array("35.TEST/B".utf8)
                + [0, 0, 0, 5]
        )
    }

    @Test func aRecordIsPublicWhenEachOfItsValuesIs() {
        let open = HandleValue(index: 1, type: Array("URL".utf8), data: [])
        var closed = open
        closed.permissions = [.adminRead, .adminWrite]
        #expect(HandleValue.areAllPublic([]))
        #expect(HandleValue.areAllPublic([open, open]))
        #expect(!HandleValue.areAllPublic([open, closed]))
    }
}
