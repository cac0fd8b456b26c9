import ResolutionProtocol
import Testing

@testable import Resolution

/// What is remembered of routes, and what is not believed.
@Suite struct RouteBookTests {
    private let tree = PretendedTree()
    private let routes = PretendedTree.routes()
    private static let url = Registry.value(1, "URL", "https://example.org/1")

    private func addSite(_ number: UInt8, serial: UInt16, index: UInt32 = 1) {
        let site = PretendedTree.site(number, serial: serial)
        tree.add(1, records: ["0.NA/88.118.8": [PretendedTree.value(site, index: index)]])
        tree.add(number) { $0.found([Self.url], serial: serial) }
    }

    @Test func anOlderSiteRecordNeverReplacesANewerOneF2() {
        addSite(3, serial: 7)
        _ = tree.resolve("88.118.8/x", routes)
        addSite(4, serial: 6)
        #expect(tree.resolve("88.118.8/x", routes, at: PretendedTree.after(4_000)).values == [Self.url])
        #expect(tree.asked.last == "3 88.118.8/x")
        #expect(routes.olderSiteCount == 1)
    }

    @Test func aNewerSiteRecordReplacesAnOlderOneF2() {
        addSite(3, serial: 7)
        _ = tree.resolve("88.118.8/x", routes)
        addSite(4, serial: 8)
        _ = tree.resolve("88.118.8/x", routes, at: PretendedTree.after(4_000))
        #expect(tree.asked.last == "4 88.118.8/x")
        #expect(routes.olderSiteCount == 0)
    }

    @Test func aServerThatKnowsANewerRecordHasItAskedForF2() {
        addSite(3, serial: 7)
        tree.add(3) { $0.found([Self.url], serial: 8) }
        _ = tree.resolve("88.118.8/x", routes)
        // The level above may not know it yet: at most once a minute.
        _ = tree.resolve("88.118.8/x", routes, at: PretendedTree.after(30))
        #expect(tree.asks.count == 3)
        _ = tree.resolve("88.118.8/x", routes, at: PretendedTree.after(61))
        #expect(tree.asks.count == 4)
        addSite(3, serial: 8)
        _ = tree.resolve("88.118.8/x", routes, at: PretendedTree.after(62))
        #expect(tree.asked.suffix(2) == ["1 0.NA/88.118.8", "3 88.118.8/x"])
        _ = tree.resolve("88.118.8/x", routes, at: PretendedTree.after(200))
        #expect(tree.asks.count == 7)
    }

    @Test func anotherValueOfTheRecordIsAnotherSiteF2() {
        addSite(3, serial: 7)
        _ = tree.resolve("88.118.8/x", routes)
        addSite(4, serial: 1, index: 2)
        _ = tree.resolve("88.118.8/x", routes, at: PretendedTree.after(4_000))
        #expect(tree.asked.last == "4 88.118.8/x")
    }

    @Test func afterTwoDaysASiteMayBeginItsSerialsAnewF2() {
        addSite(3, serial: 7)
        _ = tree.resolve("88.118.8/x", routes)
        addSite(4, serial: 1)
        _ = tree.resolve("88.118.8/x", routes, at: PretendedTree.after(3_600 + 172_800))
        #expect(tree.asked.last == "4 88.118.8/x")
    }

    @Test(
        arguments: [
            (2, 1, true), (1, 2, false), (1, 1, false), (1, 65_534, true), (65_534, 1, false), (32_768, 1, true),
            (65_535, 1, false), (1, 65_535, false),
        ] as [(UInt16, UInt16, Bool)]
    )
    func serialsWrapF2(serial: UInt16, other: UInt16, isNewer: Bool) {
        #expect(SiteInfo.isSerial(serial, newerThan: other) == isNewer)
    }

    @Test func routesAreBoundedAndTheOldestGoes() {
        let routes = PretendedTree.routes(settings: { $0.routeCountMax = 10 })
        tree.add(1) { request in
            request.found([PretendedTree.value(PretendedTree.site(3))])
        }
        tree.add(3) { $0.found([Self.url]) }
        for number in 0..<25 {
            _ = tree.resolve("88.118.\(number)/x", routes)
            _ = tree.resolve("88.118.0/x", routes)
        }
        #expect(routes.routeCount == 10)
        tree.forgetAsks()
        _ = tree.resolve("88.118.0/x", routes)
        _ = tree.resolve("88.118.24/x", routes)
        _ = tree.resolve("88.118.1/x", routes)
        #expect(tree.asked == ["3 88.118.0/x", "3 88.118.24/x", "1 0.NA/88.118.1", "3 88.118.1/x"])
    }

    // MARK: delegations of this node

    private func local(_ state: PrefixRow.State, _ values: [HandleValue]) -> RouteBook {
        let rows = [PrefixRow(prefix: Array("88.118".utf8), state: state, number: 1)]
        let store = LentRecords(folding: IdentifierFolding(isSuffixCaseSensitive: false))
        store.put("0.NA/88.118", values)
        return PretendedTree.routes(local: LocalRoutes(store: store, authority: Authority(rows: rows)))
    }

    @Test func aDelegationOfThisNodeIsARoute() {
        let routes = local(.delegated, [PretendedTree.value(PretendedTree.site(2))])
        tree.add(2) { $0.found([Self.url]) }
        #expect(tree.resolve("88.118/x", routes).values == [Self.url])
        #expect(tree.asked == ["2 88.118/x"])
    }

    @Test(arguments: [ValueType.site, ValueType.sitePrefix, ValueType.prefixDelegate])
    func belowADelegationItsSiteKnowsTheRecord(type: [UInt8]) {
        let routes = local(.delegated, [PretendedTree.value(PretendedTree.site(2), type)])
        tree.add(2, records: ["0.NA/88.118.8": [PretendedTree.value(PretendedTree.site(3))]])
        tree.add(3) { $0.found([Self.url]) }
        for name in ["88.118.8/x", "88.118.8/y"] { #expect(tree.resolve(name, routes).values == [Self.url]) }
        #expect(tree.asked == ["2 0.NA/88.118.8", "3 88.118.8/x", "3 88.118.8/y"])
        #expect(tree.resolve("88.118.8", routes).values != nil)
    }

    @Test func whatIsOursAndDoesNotExistIsNotAskedForElsewhere() {
        let own = PretendedTree.site(PretendedTree.ownNumber)
        for values in [[], [PretendedTree.value(own)], [PretendedTree.value(own, ValueType.sitePrefix)]] {
            let routes = local(.homed, values)
            #expect(tree.resolve("88.118.8/x", routes).finding == .refused(.notResponsible))
            #expect(tree.resolve("0.NA/88.118.8", routes).finding == .refused(.notResponsible))
        }
        #expect(tree.asks.isEmpty)
    }
}
