import ResolutionProtocol
import Testing

@testable import Resolution

/// Circles and long ways: each ends, and says why (reliability cases P7, F5).
@Suite struct RecursionBoundsTests {
    private let tree = PretendedTree()
    private let routes = PretendedTree.routes()

    private func refer(_ number: UInt8, to others: UInt8...) {
        tree.add(number) { request in
            let isRecord = request.identifier.starts(with: Array("0.NA/".utf8))
            let type = isRecord ? ValueType.sitePrefix : ValueType.site
            let values = others.map { PretendedTree.value(PretendedTree.site($0), type) }
            return request.referral(isRecord ? .prefixReferral : .serviceReferral, values)
        }
    }

    @Test func twoNodesThatReferToEachOtherAreACircleF5() {
        refer(1, to: 2)
        refer(2, to: 1)
        let outcome = tree.resolve("88.118.8/x", routes)
        #expect(outcome.finding == .failed(.loop))
        #expect(tree.asked == ["1 0.NA/88.118.8", "2 0.NA/88.118.8"])
    }

    @Test func aReferralForTheIdentifierInACircleEndsF5() {
        tree.add(1, records: ["0.NA/88.118.8": [PretendedTree.value(PretendedTree.site(2))]])
        refer(2, to: 3)
        refer(3, to: 2)
        #expect(tree.resolve("88.118.8/x", routes).finding == .failed(.loop))
        #expect(tree.asks.count == 3)
    }

    @Test func thisNodeIsNeverAskedF5() {
        let own = PretendedTree.ownNumber
        tree.add(1, records: ["0.NA/88.118.8": [PretendedTree.value(PretendedTree.site(own))]])
        tree.add(own) { $0.found([Registry.url]) }
        #expect(tree.resolve("88.118.8/x", routes).finding == .failed(.loop))
        #expect(tree.asked == ["1 0.NA/88.118.8"])
    }

    @Test func ofSeveralSitesTheOneThatIsThisNodeIsLeftOutF5() {
        tree.add(1) { request in
            guard request.identifier.starts(with: Array("0.".utf8)) else { return request.error(.error) }
            return request.found([
                PretendedTree.value(PretendedTree.site(PretendedTree.ownNumber)),
                PretendedTree.value(PretendedTree.site(3), index: 2),
            ])
        }
        tree.add(3) { $0.found([Registry.url]) }
        #expect(tree.resolve("88.118.8/x", routes).values == [Registry.url])
    }

    @Test func twoWholeNodesThatDelegateToEachOtherF5() {
        let row = PrefixRow(prefix: Array("88.118.8".utf8), state: .delegated, number: 1)
        let (a, b) = (TestNode(rows: [row]), TestNode(rows: [row]))
        let record = { PretendedTree.value(PretendedTree.site($0)) }
        a.store.put("0.NA/88.118.8", [record(2)])
        b.store.put("0.NA/88.118.8", [record(1)])
        tree.add(1, a)
        tree.add(2, b)
        let local = LocalRoutes(store: a.store, authority: Authority(rows: [row]))
        let routes = PretendedTree.routes(local: local, settings: { $0.ownSite = PretendedTree.site(1) })
        #expect(tree.resolve("88.118.8/x", routes).finding == .failed(.loop))
        #expect(tree.asked == ["2 88.118.8/x"])
    }

    @Test(arguments: [(8, true), (9, true), (10, false), (255, false)] as [(UInt8, Bool)])
    func aRequestIsPassedOnTenTimesF5(count: UInt8, isAsked: Bool) {
        tree.add(1) { $0.error(.identifierNotFound) }
        let question = RecursionQuestion(identifier: Array("0.NA/88".utf8), recursionCount: count)
        let outcome = tree.resolve(question, routes)
        #expect(outcome.finding == (isAsked ? .notFound : .failed(.tooDeep)))
        #expect(tree.asks.map(\.request.header.recursionCount) == (isAsked ? [count + 1] : []))
        #expect(RecursionFailure.tooDeep.code == .recursionLimitExceeded)
    }

    @Test func aLongWayEndsAtTheBoundOfQuestionsF5() {
        for number in 1...60 { refer(UInt8(number), to: UInt8(number + 1)) }
        let outcome = tree.resolve("88.118.8/x", routes)
        #expect(outcome.finding == .failed(.tooManyAsks))
        #expect(outcome.askCount == 16)
        #expect(tree.asks.count == 16)
    }

    @Test func servicesThatNameEachOtherP7() {
        tree.add(
            1,
            records: [
                "0.NA/88.118.8": [PretendedTree.service("0.SERV/A")], "0.SERV/A": [PretendedTree.service("0.serv/b")],
                "0.SERV/B": [PretendedTree.service("0.SERV/A")],
            ]
        )
        #expect(tree.resolve("88.118.8/x", routes).finding == .failed(.tooManyServices))
        #expect(tree.asked == ["1 0.NA/88.118.8", "1 0.SERV/A", "1 0.SERV/B"])
    }

    @Test func aChainOfAHundredServicesEndsAtDepthEightP7() {
        var records = ["0.NA/88.118.8": [PretendedTree.service("0.SERV/1")]]
        for number in 1...100 { records["0.SERV/\(number)"] = [PretendedTree.service("0.SERV/\(number + 1)")] }
        tree.add(1, records: records)
        #expect(tree.resolve("88.118.8/x", routes).finding == .failed(.tooManyServices))
        #expect(tree.asks.count == 9)
        #expect(tree.asked.last == "1 0.SERV/8")
    }

    @Test func aServiceWhoseSitesNeedItselfP7() {
        tree.add(
            1,
            records: [
                "0.NA/88.118.8": [PretendedTree.service("88.118.8/serv")],
                "0.NA/88.118": [PretendedTree.service("88.118.8/serv")],
            ]
        )
        #expect(tree.resolve("88.118.8/x", routes).values == nil)
        #expect(tree.asks.count <= 4)
    }

    @Test func ofOneRecordSixteenSitesAreTaken() {
        let values = (1...100).map { PretendedTree.value(PretendedTree.site(UInt8($0 + 100)), index: UInt32($0)) }
        tree.add(1, records: ["0.NA/88.118.8": values])
        #expect(RouteValues(values, of: [], for: .identifiers).sites.count == 16)
        #expect(tree.resolve("88.118.8/x", routes).values == nil)
        #expect(tree.asks.count <= 16)
    }

    @Test func withoutALevelAboveThereIsNoRoute() {
        #expect(tree.resolve("88.118.8/x", PretendedTree.routes(above: [])).finding == .failed(.noRoute))
        #expect(tree.asks.isEmpty)
    }

    /// Trees of random delegations, referrals and faults: every question ends within its bounds, with the same answer
    /// for the same seed.
    @Test func randomTreesAlwaysEndF5P7() {
        let seed = SeededGenerator.seed(for: "randomTreesAlwaysEnd", or: 0xF5)
        for round in 0..<SeededGenerator.iterations(2_000) {
            let tree = RandomTree(seed: seed &+ UInt64(round))
            let routes = PretendedTree.routes(above: [1, 2])
            for name in ["88.118.8/x", "88.118.8.1/y", "0.NA/88.118.8", "0.SERV/1", "77/1"] {
                let outcome = tree.nodes.resolve(name, routes)
                #expect(outcome.askCount <= 16, "seed \(seed &+ UInt64(round)), \(name)")
            }
            #expect(tree.nodes.asks.count <= 80)
            #expect(!tree.nodes.asks.contains { $0.server.address == PretendedTree.address(PretendedTree.ownNumber) })
            #expect(routes.routeCount <= 40)
        }
    }
}

/// Twelve servers that answer at random, each question the same way every time.
private struct RandomTree {
    let nodes = PretendedTree()

    init(seed: UInt64) {
        for number in 1...12 as ClosedRange<UInt8> {
            nodes.add(number) { Self.answer($0, number, seed: seed) }
        }
    }

    private static func answer(_ request: Message, _ number: UInt8, seed: UInt64) -> Message? {
        let isAuthoritative = request.header.flags.contains(.authoritative) ? 1 : 0 as UInt64
        let mixed = request.identifier.reduce(seed &+ UInt64(number) &* 7_919 &+ isAuthoritative) {
            $0 &* 31 &+ UInt64($1)
        }
        var random = SeededGenerator(seed: mixed)
        let values = (0..<random.below(4)).map { value($0, &random) }
        switch random.below(10) {
        case 0: return nil
        case 1: return request.error(ResponseCode(rawValue: UInt32(random.below(700))))
        case 2: return request.error(.identifierNotFound)
        case 3: return request.error(.notResponsible)
        case 4: return request.referral(.prefixReferral, values)
        case 5:
            return request.referral(.serviceReferral, random.below(2) == 0 ? values : nil, of: "0.SERV/\(number % 3)")
        case 6: return request.found([])
        default: return request.found(values)
        }
    }

    private static func value(_ place: Int, _ random: inout SeededGenerator) -> HandleValue {
        let types = [
            ValueType.site, ValueType.siteIPv6, ValueType.sitePrefix, ValueType.prefixDelegate, ValueType.site,
        ]
        if random.below(4) == 0 {
            let type = random.below(2) == 0 ? ValueType.service : ValueType.servicePrefix
            let names = ["0.SERV/0", "0.SERV/1", "0.SERV/2", "88.118.\(random.below(9))/s", "0.NA/0.NA", ""]
            return PretendedTree.service(names[random.below(names.count)], type, index: UInt32(place))
        }
        let number = random.below(8) == 0 ? PretendedTree.ownNumber : UInt8(1 + random.below(12))
        var site = PretendedTree.site(number, serial: UInt16(random.below(65_536)), isPrimary: random.below(3) > 0)
        if random.below(10) == 0 { site.servers = [] }
        return PretendedTree.value(site, types[random.below(types.count)], index: UInt32(place))
    }
}
