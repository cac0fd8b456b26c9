import EventLoop
import Resolution
import ResolutionProtocol
import StorageLMDB
import Testing

@testable import idctl

@Suite struct PrefixChangesTests {
    private static func values(_ name: String, in store: Store) throws -> [HandleValue] {
        var found: [HandleValue] = []
        try store.scan(keyPrefix: Array(name.utf8)) { record in
            found = (try? record.decodedValues()) ?? []
            return false
        }
        return found
    }

    private static func prefix(_ text: String, _ name: String = "") throws -> NamedPrefix {
        try #require(NamedPrefix(prefix: Array(text.utf8), name: Array(name.utf8)))
    }

    @Test func `a homed prefix gets a record with its name, once`() throws {
        let node = try TestNode(homing: [])
        let store = try node.open()
        defer { store.close() }
        let changes = PrefixChanges(store, origin: "test")
        let first = try changes.home([Self.prefix("88.118.1", "One Ltd")])
        #expect(first == PrefixChanges.Counts(added: 1, records: 1))
        let second = try changes.home([Self.prefix("88.118.1", "Another name")])
        #expect(second == PrefixChanges.Counts(kept: 1))
        let values = try Self.values("0.NA/88.118.1", in: store)
        #expect(values.map { String(decoding: $0.data, as: UTF8.self) } == ["One Ltd"])
    }

    @Test func `a delegated prefix says who is asked instead`() throws {
        let node = try TestNode(homing: [])
        let store = try node.open()
        defer { store.close() }
        let site = DelegationSite.siteInfo(try SocketAddress(text: "192.0.2.7:2641"))
        let value = HandleValue(index: 3, type: ValueType.site, data: site.wire)
        _ = try PrefixChanges(store, origin: "test").delegate([Self.prefix("88.118.9")], to: [value])
        #expect(try store.prefixRows().map(\.state) == [.delegated])
        let stored = try #require(try Self.values("0.NA/88.118.9", in: store).first)
        let server = try #require(try SiteInfo(wire: stored.data).servers.first)
        #expect(server.address == Array(repeating: 0, count: 12) + [192, 0, 2, 7])
        #expect(server.interfaces.map(\.port) == [2_641, 2_641])
    }

    @Test func `F2 who is delegated to anew has a newer serial than the one before`() throws {
        let node = try TestNode(homing: [])
        let store = try node.open()
        defer { store.close() }
        let changes = PrefixChanges(store, origin: "test")
        func delegate(_ server: String) throws -> [UInt16] {
            let site = DelegationSite.siteInfo(try SocketAddress(text: server))
            let routes = DelegationSite.withDerivedPrefixes(DelegationSite.values([site], timestamp: 1))
            _ = try changes.delegate([Self.prefix("88.118.9")], to: routes)
            return try Self.values("0.NA/88.118.9", in: store).map { try SiteInfo(wire: $0.data).serialNumber }
        }
        #expect(try delegate("192.0.2.7:2641") == [1, 1])
        #expect(try delegate("192.0.2.8:2641") == [2, 2])
        #expect(try delegate("192.0.2.8:2641") == [3, 3])
    }

    @Test func `a prefix that is given up is withdrawn, and an unknown one is named`() throws {
        let node = try TestNode(homing: ["88.118.1"])
        let store = try node.open()
        defer { store.close() }
        let unknown = try PrefixChanges(store, origin: "test").unhome(
            [Self.prefix("88.118.1"), Self.prefix("88.118.2")],
            evenWithIdentifiers: false
        )
        #expect(unknown == [Array("88.118.2".utf8)])
        #expect(try store.prefixRows().map(\.state) == [.withdrawn])
        _ = try PrefixChanges(store, origin: "test").home([Self.prefix("88.118.1")])
        #expect(try store.prefixRows().map(\.state) == [.homed], "whoever names it again means it")
        #expect(try store.prefixRows().map(\.number) == [1])
    }
}
