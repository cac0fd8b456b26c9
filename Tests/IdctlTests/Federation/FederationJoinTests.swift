import EventLoop
import ResolutionProtocol
import Testing

@testable import idctl

/// What `idctl federation join` writes (case F2).
@Suite struct FederationJoinTests {
    private static func joined(_ standing: [HandleValue], at server: String = "192.0.2.7:2641") throws -> [HandleValue]
    {
        let prefix = try #require(NamedPrefix(prefix: Array("88.118".utf8), name: []))
        let site = DelegationSite.siteInfo(try SocketAddress(text: server))
        return FederationJoinCommand.values(of: prefix, site, key: [7, 7], standing)
    }

    private static func serials(_ values: [HandleValue]) throws -> [UInt16] {
        try values.filter(\.isRoute).map { try SiteInfo(wire: $0.data).serialNumber }
    }

    @Test func `a node that joins gets its site twice, its key, and the right to change values`() throws {
        let values = try Self.joined([])
        #expect(values.map(\.index) == [3, 4, 300, 100])
        let types = values.map { String(decoding: $0.type, as: UTF8.self) }
        #expect(types == ["HS_SITE", "HS_SITE.PREFIX", "HS_PUBKEY", "HS_ADMIN"])
        #expect(values[2].data == [7, 7])
        let right = try AdminRecord(wire: values[3].data)
        #expect(right.administrator == ValueReference(identifier: Array("0.NA/88.118".utf8), index: 300))
        #expect(right.permissions == 0x0410, "to read and modify values, and nothing else")
    }

    @Test func `F2 what else stands in the record stays, and the serial rises`() throws {
        let description = HandleValue(index: 1, type: Array("DESC".utf8), data: [1])
        // Where a site would stand.
        let mail = HandleValue(index: 4, type: Array("EMAIL".utf8), data: [2])
        let trusted = HandleValue(index: 310, type: ValueType.publicKey, data: [3])
        let service = HandleValue(index: 6, type: ValueType.service, data: Array("0.NA/88".utf8))
        let oldKey = HandleValue(index: 300, type: ValueType.publicKey, data: [4])
        var site = DelegationSite.siteInfo(try SocketAddress(text: "192.0.2.5:2641"))
        site.serialNumber = 9
        let old = HandleValue(index: 3, type: ValueType.site, data: site.wire)
        let values = try Self.joined([description, old, mail, service, oldKey, trusted])
        #expect(values.map(\.index).sorted() == [1, 3, 4, 5, 100, 300, 310])
        for kept in [description, mail, trusted] { #expect(values.contains(kept)) }
        #expect(try Self.serials(values) == [10, 10])
        #expect(values.first { $0.index == 300 }?.data == [7, 7])
        // Once more: one right is enough.
        let again = try Self.joined(values)
        #expect(again.map(\.index).sorted() == [1, 3, 4, 5, 100, 300, 310])
        #expect(try Self.serials(again) == [11, 11])
    }
}
