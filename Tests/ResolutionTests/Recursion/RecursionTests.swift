import ResolutionProtocol
import Testing

@testable import Resolution

/// The walk from the nearest known route to an answer (operations.md §15).
@Suite struct RecursionTests {
    private let tree = PretendedTree()
    private let routes = PretendedTree.routes()
    private static let url = Registry.value(1, "URL", "https://example.org/1")

    /// A top (1) that refers to a secondary (2), which knows the site of an enterprise (3).
    private func addThreeLevels(publicKey: [UInt8] = []) {
        tree.add(1) { request in
            let name = String(decoding: request.identifier, as: UTF8.self)
            guard name.hasPrefix("0.NA/88.118") else { return request.error(.notResponsible) }
            let site = PretendedTree.value(PretendedTree.site(2), ValueType.sitePrefix)
            return request.referral(.prefixReferral, [site])
        }
        tree.add(2, records: ["0.NA/88.118.8": [PretendedTree.value(PretendedTree.site(3, publicKey: publicKey))]])
        tree.add(3) { $0.found([Self.url]) }
    }

    @Test func anIdentifierIsFoundThroughAllLevels() {
        addThreeLevels()
        let outcome = tree.resolve("88.118.8/x", routes)
        #expect(outcome.values == [Self.url])
        #expect(tree.asked == ["1 0.NA/88.118.8", "2 0.NA/88.118.8", "3 88.118.8/x"])
        #expect(outcome.askCount == 3)
        #expect(outcome.lifetimeSeconds == 3_600)
    }

    @Test func aThousandIdentifiersOfAPrefixAskForItsRecordOnce() {
        addThreeLevels()
        for number in 0..<1_000 { #expect(tree.resolve("88.118.8/\(number)", routes).values == [Self.url]) }
        #expect(tree.asks.count == 1_002)
        #expect(routes.routeCount == 1)
    }

    @Test func aRouteIsAskedForAgainAfterItsTime() {
        addThreeLevels()
        _ = tree.resolve("88.118.8/x", routes)
        tree.forgetAsks()
        _ = tree.resolve("88.118.8/x", routes, at: PretendedTree.after(3_599))
        #expect(tree.asked == ["3 88.118.8/x"])
        _ = tree.resolve("88.118.8/x", routes, at: PretendedTree.after(3_600))
        #expect(tree.asks.count == 4)
    }

    @Test(arguments: ["88.118.8", "0.NA/88.118.8", "0.na/88.118.8"])
    func thePrefixRecordItselfIsAskedForAbove(name: String) {
        addThreeLevels()
        #expect(tree.resolve(name, routes).values == [PretendedTree.value(PretendedTree.site(3))])
        #expect(tree.asked == ["1 0.NA/88.118.8", "2 0.NA/88.118.8"])
    }

    @Test func whatTheRequestsSay() throws {
        addThreeLevels()
        _ = tree.resolve("88.118.8/aB", routes)
        let requests = tree.asks.map(\.request)
        try #require(requests.count == 3)
        #expect(
            requests.map(\.header.flags) == [
                [.cacheCertify, .recursive, .publicOnly], [.cacheCertify, .publicOnly],
                [.cacheCertify, .publicOnly],
            ]
        )
        #expect(requests.allSatisfy { $0.header.recursionCount == 1 && $0.envelope.requestID == 0 })
        #expect(requests.map(\.header.siteInfoSerial) == [0xFFFF, 5, 5])
        #expect(requests.allSatisfy { $0.header.expiration == 1_700_000_000 + 43_200 })
        let types = ["HS_SITE", "HS_SITE.6", "HS_SERV", "HS_NAMESPACE"].map { WireText(Array($0.utf8)) }
        #expect(requests[0].body == .resolve(ResolutionRequest(identifier: Array("0.NA/88.118.8".utf8), types: types)))
        // The case of the suffix may matter there.
        #expect(requests[2].body == .resolve(ResolutionRequest(identifier: Array("88.118.8/aB".utf8))))
        #expect(tree.asks.map { $0.interfaces.map(\.transport) } == [[.udp, .tcp], [.udp, .tcp], [.udp, .tcp]])
    }

    @Test func aReferralForTheIdentifierIsFollowed() {
        tree.add(1, records: ["0.NA/88.118.8": [PretendedTree.value(PretendedTree.site(2))]])
        tree.add(2) { $0.referral(.serviceReferral, [PretendedTree.value(PretendedTree.site(3))]) }
        tree.add(3) { $0.found([Self.url]) }
        #expect(tree.resolve("88.118.8/x", routes).values == [Self.url])
        #expect(tree.asked.last == "3 88.118.8/x")
    }

    @Test func aReferralByNameIsLookedUp() {
        tree.add(
            1,
            records: [
                "0.NA/88.118.8": [PretendedTree.value(PretendedTree.site(2))],
                "0.SERV/THERE": [PretendedTree.value(PretendedTree.site(3))],
            ]
        )
        tree.add(2) { $0.referral(.serviceReferral, nil, of: "0.serv/there") }
        tree.add(3) { $0.found([Self.url]) }
        #expect(tree.resolve("88.118.8/x", routes).values == [Self.url])
        #expect(tree.asked == ["1 0.NA/88.118.8", "2 88.118.8/x", "1 0.SERV/THERE", "3 88.118.8/x"])
    }

    @Test func aPrefixReferralByNameIsLookedUp() {
        tree.add(1) { request in
            guard request.identifier == Array("0.NA/88.118".utf8) else {
                return request.referral(.prefixReferral, nil, of: "0.NA/88.118")
            }
            return request.found([PretendedTree.value(PretendedTree.site(2), ValueType.sitePrefix)])
        }
        tree.add(2, records: ["0.NA/88.118.8": [PretendedTree.value(PretendedTree.site(3))]])
        tree.add(3) { $0.found([Self.url]) }
        #expect(tree.resolve("88.118.8/x", routes).values == [Self.url])
    }

    @Test func aServiceIdentifierTellsTheSites() {
        tree.add(
            1,
            records: [
                "0.NA/88.118.8": [PretendedTree.service("88.118/serv")],
                "0.NA/88.118": [PretendedTree.value(PretendedTree.site(2))],
            ]
        )
        tree.add(2, records: ["88.118/serv": [PretendedTree.value(PretendedTree.site(3))]])
        tree.add(3) { $0.found([Self.url]) }
        #expect(tree.resolve("88.118.8/x", routes).values == [Self.url])
        #expect(tree.asked == ["1 0.NA/88.118.8", "1 0.NA/88.118", "2 88.118/serv", "3 88.118.8/x"])
        tree.forgetAsks()
        _ = tree.resolve("88.118.8/y", routes)
        #expect(tree.asked == ["3 88.118.8/y"])
    }

    @Test func theServiceOfTheTopIsTheLevelAbove() {
        tree.add(1) { request in
            request.identifier.starts(with: Array("0.".utf8))
                ? request.found([PretendedTree.service("0.NA/0.NA")]) : request.found([Self.url])
        }
        #expect(tree.resolve("88.118.8/x", routes).values == [Self.url])
        #expect(tree.asked == ["1 0.NA/88.118.8", "1 88.118.8/x"])
    }

    @Test func whereTheTopKnowsOnlyThePrefixAboveItsSiteIsAsked() {
        tree.add(1, records: ["0.NA/88.118": [PretendedTree.value(PretendedTree.site(2))]])
        tree.add(2, records: ["0.NA/88.118.8.1": [PretendedTree.value(PretendedTree.site(3))]])
        tree.add(3) { $0.found([Self.url]) }
        #expect(tree.resolve("88.118.8.1/x", routes).values == [Self.url])
        #expect(
            tree.asked == [
                "1 0.NA/88.118.8.1", "1 0.NA/88.118.8", "1 0.NA/88.118", "2 0.NA/88.118.8", "2 0.NA/88.118.8.1",
                "3 88.118.8.1/x",
            ]
        )
    }

    @Test func aPrefixThatNobodyKnowsIsRememberedAsSuch() {
        tree.add(1, records: [:])
        let outcome = tree.resolve("77.1.2/x", routes)
        #expect(outcome.finding == .notFound)
        #expect(outcome.lifetimeSeconds == 60)
        #expect(tree.asked == ["1 0.NA/77.1.2", "1 0.NA/77.1"])
        _ = tree.resolve("77.1.2/y", routes)
        _ = tree.resolve("77.1.3/y", routes)
        #expect(tree.asked.dropFirst(2) == ["1 0.NA/77.1.3"])
        _ = tree.resolve("77.1.2/y", routes, at: PretendedTree.after(60))
        #expect(tree.asks.count == 5)
    }

    @Test(
        arguments: [
            (ResponseCode.identifierNotFound, RecursionOutcome.Finding.notFound, 60),
            (.notResponsible, .refused(.notResponsible), 60), (.siteInfoOutOfDate, .refused(.siteInfoOutOfDate), 0),
            (.operationNotSupported, .refused(.operationNotSupported), 0), (.serverBusy, .refused(.serverBusy), 0),
            (.recursionLimitExceeded, .refused(.recursionLimitExceeded), 0),
            (.insufficientPermission, .refused(.insufficientPermission), 0),
        ] as [(ResponseCode, RecursionOutcome.Finding, UInt64)]
    )
    func codesOfTheResponsibleNode(code: ResponseCode, finding: RecursionOutcome.Finding, lifetime: UInt64) {
        tree.add(1, records: ["0.NA/88.118.8": [PretendedTree.value(PretendedTree.site(3))]])
        tree.add(3) { $0.error(code) }
        let outcome = tree.resolve("88.118.8/x", routes)
        #expect(outcome.finding == finding)
        #expect(outcome.lifetimeSeconds == lifetime)
        #expect(tree.asks.count == 2)
    }

    @Test func aNodeThatWantsToKnowWhoAsksIsReferredTo() {
        tree.add(1, records: ["0.NA/88.118.8": [PretendedTree.value(PretendedTree.site(3))]])
        tree.add(3) { request in
            let digest = RequestDigest(algorithm: .sha256, bytes: [UInt8](repeating: 1, count: 32))
            let challenge = Challenge(nonce: [UInt8](repeating: 2, count: 16), requestDigest: digest)
            return request.answer(.authenticationNeeded, .challenge(challenge))
        }
        let outcome = tree.resolve("88.118.8/x", routes, flags: [.recursive, .cacheCertify])
        #expect(outcome.finding == .referral([PretendedTree.value(PretendedTree.site(3))]))
        #expect(outcome.lifetimeSeconds == 0)
        #expect(tree.asks.last?.request.header.flags == [.cacheCertify])
    }

    @Test func whatIsNotForTheCacheIsAskedForAsTheAskerDid() {
        addThreeLevels(publicKey: [1])
        let question = RecursionQuestion(
            identifier: Array("88.118.8/x".utf8),
            indexes: [7],
            types: [WireText(Array("URL".utf8))],
            flags: [.certify, .publicOnly, .recursive],
            recursionCount: 3
        )
        #expect(!question.isCached)
        let outcome = tree.resolve(question, routes)
        #expect(outcome.values == [Self.url])
        #expect(outcome.lifetimeSeconds == 0)
        let last = tree.asks.last
        #expect(last?.mustBeCertified == true)
        #expect(last?.request.header.flags == [.certify, .requestDigest, .cacheCertify, .publicOnly])
        #expect(last?.request.header.recursionCount == 4)
        let types = [WireText(Array("URL".utf8))]
        let asked = ResolutionRequest(identifier: Array("88.118.8/x".utf8), indexes: [7], types: types)
        #expect(last?.request.body == .resolve(asked))
    }

    @Test func whereEveryValueIsSecretTheIdentifierIsKnownAllTheSame() {
        tree.add(1, records: ["0.NA/88.118.8": [PretendedTree.value(PretendedTree.site(3))]])
        tree.add(3) { $0.error(.valuesNotFound) }
        #expect(tree.resolve("88.118.8/x", routes).values == [])
        #expect(tree.resolve("88.118.8/x", routes, flags: []).finding == .refused(.valuesNotFound))
    }

    @Test func valuesThatNotEveryoneMayReadAreLeftOut() {
        tree.add(1, records: ["0.NA/88.118.8": [PretendedTree.value(PretendedTree.site(3))]])
        let key = Registry.value(3, "HS_SECKEY", "secret")
        tree.add(3) { $0.found([Self.url, Registry.value(2, "DESC", "hidden", .adminRead), key]) }
        #expect(tree.resolve("88.118.8/x", routes).values == [Self.url])
    }

    @Test func aliasesAreNotFollowed() {
        addThreeLevels()
        let alias = Registry.value(1, "HS_ALIAS", "88.118.9/other")
        tree.add(3) { $0.found([alias]) }
        #expect(tree.resolve("88.118.8/x", routes).values == [alias])
        #expect(tree.asks.count == 3)
    }

    @Test(
        arguments: [
            ([(0, 100), (0, 50)], 50), ([(0, 0)], 1), ([(0, -5)], 1), ([(0, 999_999)], 3_600),
            ([(1, 1_700_000_100)], 100), ([(1, 1_600_000_000)], 1), ([(0, 200), (1, 1_700_000_150)], 150),
        ] as [([(UInt8, Int32)], UInt64)]
    )
    func theLeastTTLBoundsTheLifetime(ttls: [(UInt8, Int32)], lifetime: UInt64) {
        tree.add(1, records: ["0.NA/88.118.8": [PretendedTree.value(PretendedTree.site(3))]])
        let values = ttls.enumerated().map { place, ttl in
            HandleValue(
                index: UInt32(place + 1),
                ttlType: ttl.0,
                ttl: ttl.1,
                type: Array("URL".utf8),
                data: [1]
            )
        }
        tree.add(3) { $0.found(values) }
        #expect(tree.resolve("88.118.8/x", routes).lifetimeSeconds == lifetime)
    }
}
