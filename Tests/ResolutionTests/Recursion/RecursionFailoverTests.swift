import ResolutionProtocol
import Testing

@testable import Resolution

/// Silent and broken servers: others are asked, and what was known is used (reliability case F1).
@Suite struct RecursionFailoverTests {
    private let tree = PretendedTree()
    private let routes = PretendedTree.routes(above: [1, 2])
    private static let url = Registry.value(1, "URL", "https://example.org/1")

    private func addSites(_ sites: SiteInfo..., type: [UInt8] = ValueType.site) {
        let values = sites.enumerated().map { place, site in
            PretendedTree.value(site, type, index: UInt32(place + 1))
        }
        tree.add(1, records: ["0.NA/88.118.8": values])
    }

    @Test func theNextOfTheLevelAboveIsAsked() {
        tree.add(2, records: ["0.NA/88.118.8": [PretendedTree.value(PretendedTree.site(3))]])
        tree.add(3) { $0.found([Self.url]) }
        #expect(tree.resolve("88.118.8/x", routes).values == [Self.url])
        #expect(tree.asked == ["1 0.NA/88.118.8", "2 0.NA/88.118.8", "3 88.118.8/x"])
    }

    @Test(arguments: [ResponseCode.serverBusy, .error, .serverReadOnly, .notResponsible, .siteInfoOutOfDate])
    func mirrorsAreAskedAfterAServerThatCannotAnswer(code: ResponseCode) {
        addSites(PretendedTree.site(3), PretendedTree.site(4, isPrimary: false))
        tree.add(3) { $0.error(code) }
        tree.add(4) { $0.found([Self.url]) }
        #expect(tree.resolve("88.118.8/x", routes).values == [Self.url])
        #expect(tree.asked.dropFirst() == ["3 88.118.8/x", "4 88.118.8/x"])
    }

    @Test func whatIsNotFoundAtOneSiteIsNotAskedForAtAnother() {
        addSites(PretendedTree.site(3), PretendedTree.site(4))
        tree.add(3) { $0.error(.identifierNotFound) }
        #expect(tree.resolve("88.118.8/x", routes).finding == .notFound)
        #expect(tree.asks.count == 2)
    }

    @Test func anAuthoritativeQuestionGoesToPrimarySitesAlone() {
        addSites(PretendedTree.site(3, isPrimary: false), PretendedTree.site(4))
        tree.add(4) { $0.found([Self.url]) }
        let outcome = tree.resolve("88.118.8/x", routes, flags: [.authoritative, .publicOnly, .recursive])
        #expect(outcome.values == [Self.url])
        #expect(tree.asked.dropFirst() == ["4 88.118.8/x"])
        #expect(tree.asks.last?.request.header.flags == [.authoritative, .cacheCertify, .publicOnly])
        #expect(tree.asks.first?.request.header.flags.contains(.authoritative) == false)
    }

    @Test func serversThatCostLessAreAskedFirst() {
        let costs: [UInt8: Int] = [3: 500, 4: 20, 5: 100]
        let routes = PretendedTree.routes { costs[$0.address[15]] ?? 0 }
        addSites(PretendedTree.site(3), PretendedTree.site(4), PretendedTree.site(5))
        _ = tree.resolve("88.118.8/x", routes)
        #expect(tree.asked.dropFirst() == ["4 88.118.8/x", "5 88.118.8/x", "3 88.118.8/x"])
    }

    @Test func ofEqualOnesIPv6IsAskedFirst() {
        var site = PretendedTree.site(3)
        site.servers[0].address = [0x20, 0x01, 0x0D, 0xB8] + [UInt8](repeating: 0, count: 11) + [6]
        addSites(PretendedTree.site(4), site)
        _ = tree.resolve("88.118.8/x", routes)
        #expect(tree.asked.dropFirst() == ["6 88.118.8/x", "4 88.118.8/x"])
    }

    @Test func theServerIsChosenByTheHashOfTheIdentifier() throws {
        addSites(PretendedTree.site(3, 4, 5))
        for number in 3...5 as ClosedRange<UInt8> { tree.add(number) { $0.found([Self.url]) } }
        for number in 0..<20 {
            let name = "88.118.8/\(number)"
            #expect(tree.resolve(name, routes).values == [Self.url])
            let index = try ServerSelection.serverIndex(of: Array(name.utf8), option: .byAll, serverCount: 3)
            #expect(tree.asks.last?.server.address == PretendedTree.address(UInt8(3 + (index ?? 9))))
        }
    }

    @Test func otherAddressesOfAServerAreAskedAfterIt() {
        let other = SiteAttribute(name: Array("alt_addr".utf8), value: Array("10.0.0.7".utf8))
        let third = SiteAttribute(name: Array("alt_addr.4".utf8), value: Array("10.0.0.8".utf8))
        addSites(PretendedTree.site(3, attributes: [other]), PretendedTree.site(4, attributes: [other, third]))
        _ = tree.resolve("88.118.8/x", routes)
        let names = ["3", "7", "4", "8"].map { "\($0) 88.118.8/x" }
        #expect(tree.asked.dropFirst() == names[...])
    }

    @Test(arguments: [
        [UInt8](repeating: 0, count: 16), [UInt8](repeating: 0, count: 12) + [224, 0, 0, 1],
        [UInt8](repeating: 0, count: 12) + [255, 255, 255, 255], [UInt8](repeating: 0, count: 12) + [0, 1, 2, 3],
        [0xFF, 2] + [UInt8](repeating: 0, count: 13) + [1],
    ])
    func nobodyIsAskedAtAnAddressThatIsNoHosts(address: [UInt8]) {
        var site = PretendedTree.site(3)
        site.servers[0].address = address
        addSites(site)
        #expect(tree.resolve("88.118.8/x", routes).finding == .failed(.noRoute))
        #expect(tree.asks.count == 1)
    }

    @Test func interfacesThatAreNotForResolutionAreLeftOut() {
        var site = PretendedTree.site(3)
        site.servers[0].interfaces = [
            ServerInterface(kind: .admin, transport: .tcp, port: 1),
            ServerInterface(kind: .outOfService, transport: .udp, port: 2),
            ServerInterface(kind: .query, transport: .http, port: 3),
            ServerInterface(kind: .both, transport: .tcp, port: 4),
            ServerInterface(kind: .both, transport: .udp, port: 70_000),
            ServerInterface(kind: .both, transport: .udp, port: 0),
        ]
        addSites(site)
        _ = tree.resolve("88.118.8/x", routes)
        #expect(tree.asks.last?.interfaces == [ServerInterface(kind: .both, transport: .tcp, port: 4)])
    }

    @Test func aRecordWithoutSitesIsAskedForOncePastCaches() {
        tree.add(1) { request in
            guard request.header.flags.contains(.authoritative) else { return request.found([Self.url]) }
            return request.found([PretendedTree.value(PretendedTree.site(3))])
        }
        tree.add(3) { $0.found([Self.url]) }
        #expect(tree.resolve("88.118.8/x", routes).values == [Self.url])
        #expect(tree.asked == ["1 0.NA/88.118.8", "1 0.NA/88.118.8", "3 88.118.8/x"])
    }

    @Test func aPrefixWithoutSitesIsRememberedAsSuch() {
        tree.add(1) { $0.error(.valuesNotFound) }
        #expect(tree.resolve("88.118.8/x", routes).finding == .failed(.noRoute))
        _ = tree.resolve("88.118.8/y", routes)
        #expect(tree.asks.count == 2)
    }

    @Test func aPrefixIsHostedByTheNodeThatKeepsItsRecordWithoutSites() {
        tree.add(1) { $0.referral(.prefixReferral, [PretendedTree.value(PretendedTree.site(2), ValueType.sitePrefix)]) }
        tree.add(2) { request in
            let isRecord = request.identifier.starts(with: Array("0.".utf8))
            return isRecord ? request.error(.valuesNotFound) : request.found([Self.url])
        }
        #expect(tree.resolve("88.118.8/x", routes).values == [Self.url])
        #expect(tree.resolve("88.118.8/y", routes).values == [Self.url])
        let record = "0.NA/88.118.8"
        #expect(tree.asked == ["1 \(record)", "2 \(record)", "2 \(record)", "2 88.118.8/x", "2 88.118.8/y"])
        // As long as it is believed that there is no record: an owner may have a node of its own by then.
        tree.add(2, records: ["0.NA/88.118.8": [PretendedTree.value(PretendedTree.site(3))]])
        tree.add(3) { $0.found([Self.url]) }
        #expect(tree.resolve("88.118.8/z", routes, at: PretendedTree.after(60)).values == [Self.url])
        #expect(tree.asked.last == "3 88.118.8/z")
    }

    @Test func everyoneSilentIsUnreachableF1() {
        let outcome = tree.resolve("88.118.8/x", routes)
        #expect(outcome.finding == .failed(.unreachable))
        #expect(outcome.mayBeReplacedByStale)
        #expect(outcome.lifetimeSeconds == 0)
        #expect(routes.routeCount == 0)
    }

    @Test func withTheLevelAboveDeadAKnownRouteGoesOnF1() {
        addSites(PretendedTree.site(3))
        tree.add(3) { $0.found([Self.url]) }
        _ = tree.resolve("88.118.8/x", routes)
        tree.remove(1)
        tree.forgetAsks()
        let later = PretendedTree.after(100_000)
        #expect(tree.resolve("88.118.8/y", routes, at: later).values == [Self.url])
        #expect(tree.asked == ["1 0.NA/88.118.8", "2 0.NA/88.118.8", "3 88.118.8/y"])
        // For a while nobody waits for the dead again.
        #expect(tree.resolve("88.118.8/z", routes, at: PretendedTree.after(100_029)).values == [Self.url])
        #expect(tree.asks.count == 4)
        #expect(tree.resolve("88.118.8/z", routes, at: PretendedTree.after(300_000)).finding == .failed(.unreachable))
    }

    @Test func aSilentSiteThatTheRouteStillNamesMayBeReplacedByStaleAnswersF1() {
        addSites(PretendedTree.site(3))
        tree.add(3) { $0.found([Self.url]) }
        _ = tree.resolve("88.118.8/x", routes)
        tree.remove(3)
        let outcome = tree.resolve("88.118.8/x", routes, at: PretendedTree.after(60))
        #expect(tree.asked.suffix(2) == ["3 88.118.8/x", "1 0.NA/88.118.8"])
        #expect(outcome.finding == .failed(.unreachable))
        #expect(outcome.mayBeReplacedByStale)
    }

    @Test func aSiteThatRefusesAndThatTheRouteStillNamesIsNoLoop() {
        addSites(PretendedTree.site(3))
        tree.add(3) { $0.found([Self.url]) }
        _ = tree.resolve("88.118.8/x", routes)
        tree.add(3) { $0.error(.notResponsible) }
        #expect(tree.resolve("88.118.8/x", routes, at: PretendedTree.after(60)).finding == .refused(.notResponsible))
    }

    @Test func whereASiteIsSilentItsRouteIsAskedForAnewF1() {
        addSites(PretendedTree.site(3))
        tree.add(3) { $0.found([Self.url]) }
        _ = tree.resolve("88.118.8/x", routes)
        addSites(PretendedTree.site(4, serial: 6))
        tree.remove(3)
        tree.add(4) { $0.found([Self.url]) }
        // Not at once: a route of a minute is believed.
        #expect(tree.resolve("88.118.8/x", routes, at: PretendedTree.after(59)).finding == .failed(.unreachable))
        #expect(tree.resolve("88.118.8/x", routes, at: PretendedTree.after(60)).values == [Self.url])
        #expect(tree.asked.suffix(3) == ["3 88.118.8/x", "1 0.NA/88.118.8", "4 88.118.8/x"])
    }
}
