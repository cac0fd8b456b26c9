import ResolutionProtocol
import Testing

@testable import Resolution

/// What is left out of referrals, and what is not.
@Suite struct SilentSitesTests {
    private static let (one, two, three) = (GuardianBench.site(1), GuardianBench.site(2), GuardianBench.site(3))

    private static func bench(_ sites: [DelegatedSite], living: Set<UInt8>) -> GuardianBench {
        var bench = GuardianBench()
        bench.watch(sites)
        bench.probe(seconds: 100, living: living)
        return bench
    }

    @Test func aDeadSiteIsLeftOutAndComesBack() {
        var bench = Self.bench([Self.one, Self.two], living: [2])
        #expect(bench.guardian.hasChanged)
        #expect(bench.named([Self.one, Self.two]) == [2])
        _ = bench.guardian.takeSilent()
        #expect(!bench.guardian.hasChanged)
        bench.probe(seconds: 100, living: [1, 2])
        #expect(bench.guardian.hasChanged)
        #expect(bench.named([Self.one, Self.two]) == [1, 2])
        #expect(bench.silent.isEmpty)
    }

    @Test func theOneThatDiedLastStays() {
        var bench = Self.bench([Self.one, Self.two, Self.three], living: [2])
        #expect(bench.named([Self.one, Self.two, Self.three]) == [2])
        bench.probe(seconds: 100, living: [])
        #expect(bench.named([Self.one, Self.two, Self.three]) == [2])
        // A prefix that has no other address than a dead one keeps it.
        #expect(bench.named([Self.one]) == [1])
        #expect(bench.named([Self.one, Self.three]).count == 1)
    }

    @Test func aServerThatAnswersOverOneTransportLives() {
        var bench = GuardianBench()
        bench.watch([Self.one, Self.two])
        for _ in 0..<3 { bench.note(.failed(.silent), of: GuardianBench.address(1, .udp)) }
        #expect(bench.named([Self.one, Self.two]) == [1, 2])
        for _ in 0..<3 { bench.note(.failed(.refused), of: GuardianBench.address(1, .tcp)) }
        #expect(bench.named([Self.one, Self.two]) == [2])
    }

    @Test func aSiteOfSeveralServersIsLeftOutWhenAllAreDead() throws {
        let data = GuardianBench.siteInfo([1, 2]).wire
        let pair = try #require(DelegatedSite(prefix: Array("88.118.7".utf8), data: data))
        var bench = Self.bench([pair, Self.three], living: [2, 3])
        #expect(bench.named([pair, Self.three]) == [1, 3])
        bench.probe(seconds: 100, living: [3])
        #expect(bench.named([pair, Self.three]) == [3])
    }

    @Test func anotherAddressOfAServerKeepsItsSite() throws {
        var site = GuardianBench.siteInfo([1])
        site.attributes = [SiteAttribute(name: Array("alt_addr".utf8), value: Array("192.0.2.9".utf8))]
        let known = try #require(DelegatedSite(prefix: Array("88.118.7".utf8), data: site.wire))
        var bench = Self.bench([known, Self.two], living: [2, 9])
        #expect(bench.named([known, Self.two]) == [1, 2])
        bench.probe(seconds: 100, living: [2])
        #expect(bench.named([known, Self.two]) == [2])
    }

    @Test func servicesStayAndAreNoLastAddress() {
        var bench = Self.bench([Self.one], living: [])
        let service = HandleValue(index: 9, type: Array("HS_SERV".utf8), data: Array("88/serv".utf8))
        let values = GuardianBench.values([Self.one]) + [service]
        #expect(bench.silent.shortened(values) == values)
        bench = Self.bench([Self.one, Self.two], living: [2])
        let both = GuardianBench.values([Self.one, Self.two]) + [service]
        #expect(bench.silent.shortened(both).map(\.index) == [2, 9])
    }

    @Test func aShortenedReferralIsKeptForAMinuteOnly() {
        let bench = Self.bench([Self.one, Self.two], living: [2])
        let silent = bench.silent
        var values = GuardianBench.values([Self.one, Self.two])
        #expect(silent.shortened(values).map(\.ttl) == [60])
        values[1].ttl = 5
        #expect(silent.shortened(values).map(\.ttl) == [5])
        // A time of day is not a number of seconds.
        (values[1].ttlType, values[1].ttl) = (1, 2_000_000_000)
        #expect(silent.shortened(values).map(\.ttl) == [2_000_000_000])
        let living = GuardianBench.values([Self.two])
        #expect(silent.shortened(living) == living)
    }

    @Test func whereNobodyOfManyAnswersNothingIsLeftOut() {
        let sites = (1...8).map { GuardianBench.site(UInt8($0)) }
        var bench = Self.bench(sites, living: [1])
        #expect(bench.named(sites) == [1])
        bench.probe(seconds: 100, living: [])
        #expect(bench.guardian.isIsolated)
        #expect(bench.named(sites) == [1, 2, 3, 4, 5, 6, 7, 8])
        #expect(bench.silent.servers.isEmpty)
        bench.probe(seconds: 100, living: [5])
        #expect(bench.named(sites) == [5])
    }

    @Test func referralsOfTheNodeLackDeadSitesAndRecordsDoNot() throws {
        let bench = Self.bench([Self.one, Self.two], living: [2])
        let node = Registry.node()
        let sites = GuardianBench.values([Self.one, Self.two])
        let derived = GuardianBench.values([Self.one, Self.two], type: "HS_SITE.PREFIX").map { value in
            var value = value
            value.index += 2
            return value
        }
        node.store.put("0.NA/88.118.7", sites + derived)
        #expect(try Self.indexes(node, "88.118.7/x") == [1, 2])
        node.adopt(bench.silent)
        #expect(try Self.indexes(node, "88.118.7/x") == [2])
        #expect(try Self.indexes(node, "0.NA/88.118.7.5") == [4])
        // Who asks for the record itself gets it as it is stored.
        expectValues(of: node, .resolve("0.NA/88.118.7"), sites + derived)
        node.adopt(SilentSites.none)
        #expect(try Self.indexes(node, "88.118.7/x") == [1, 2])
    }

    private static func indexes(_ node: TestNode, _ name: String) throws -> [UInt32] {
        let message = try #require(node.reply(to: .resolve(name)).message)
        guard case .referral(let referral) = message.body else { return [] }
        return (referral.values ?? []).map(\.index)
    }

    @Test func delegationsAreReadFromTheStore() throws {
        let node = Registry.node()
        let (one, two) = (Self.one.data, Self.two.data)
        node.store.put(
            "0.NA/88.118.7",
            [
                HandleValue(index: 1, type: Array("hs_site".utf8), data: one),
                HandleValue(index: 2, type: Array("HS_SITE.PREFIX".utf8), data: one),
                HandleValue(index: 3, type: Array("HS_NA_DELEGATE".utf8), data: two),
                HandleValue(index: 4, permissions: .adminRead, type: Array("HS_SITE".utf8), data: two),
                HandleValue(index: 5, type: Array("HS_SITE".utf8), data: Array("no site".utf8)),
                HandleValue(index: 6, type: Array("HS_SERV".utf8), data: Array("88/serv".utf8)),
            ]
        )
        var rows = Registry.rows
        let reader = DelegatedSites(store: node.store) { rows }
        #expect(reader.begin())
        guard case .done(let sites) = reader.advance(countMax: 100) else { throw TestFailure() }
        #expect(sites.map(\.data) == [one, two] && sites.allSatisfy { $0.prefix == Array("88.118.7".utf8) })
        rows[2].status = .disabled
        #expect(reader.begin())
        guard case .done(let none) = reader.advance(countMax: 100) else { throw TestFailure() }
        #expect(none.isEmpty)
        let unreadable = DelegatedSites(store: node.store) { nil }
        #expect(!unreadable.begin())
    }

    private struct TestFailure: Error {}

    @Test func recursionAsksDeadServersLast() {
        let bench = Self.bench([Self.one, Self.two], living: [2])
        let routes = PretendedTree.routes()
        let (dead, living) = (GuardianBench.address(1).server, GuardianBench.address(2).server)
        #expect(routes.cost(dead) == routes.cost(living))
        routes.avoid(bench.silent.servers)
        #expect(routes.cost(dead) > routes.cost(living))
        routes.avoid([])
        #expect(routes.cost(dead) == routes.cost(living))
    }
}
