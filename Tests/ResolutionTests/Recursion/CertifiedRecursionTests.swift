import ResolutionProtocol
import Testing

@testable import Resolution

/// Answers that have to be signed by who gives them.
@Suite struct CertifiedRecursionTests {
    private let tree = PretendedTree()
    private let routes = PretendedTree.routes()
    private static let url = Registry.value(1, "URL", "https://example.org/1")
    private static let certified: OpFlags = [.certify, .publicOnly, .recursive]

    /// A top (1) that knows `sites` of a prefix, whose servers have its values.
    private func add(_ sites: SiteInfo...) {
        let values = sites.enumerated().map { PretendedTree.value($1, index: UInt32($0 + 1)) }
        tree.add(1, records: ["0.NA/88.118.8": values])
        for number in [2, 3] as [UInt8] { tree.add(number) { $0.found([Self.url]) } }
    }

    @Test func onlyWhoseKeyIsKnownIsAskedToProveIt() {
        add(PretendedTree.site(2, publicKey: [7]))
        #expect(tree.resolve("88.118.8/x", routes, flags: Self.certified).values == [Self.url])
        // The level above is known by its addresses alone.
        #expect(tree.asks.map(\.mustBeCertified) == [false, true])
        #expect(tree.asks[1].request.header.flags.isSuperset(of: [.certify, .requestDigest]))
        #expect(tree.asks[0].request.header.flags.isDisjoint(with: [.certify, .requestDigest]))
        #expect(tree.asks[1].server.publicKey == [7])
    }

    @Test func whatIsProvenWrongIsNotGivenAndTheNextServerIsAsked() {
        add(PretendedTree.site(2, publicKey: [7]), PretendedTree.site(3, publicKey: [8]))
        tree.forgers = [2]
        #expect(tree.resolve("88.118.8/x", routes, flags: Self.certified).values == [Self.url])
        #expect(tree.asked == ["1 0.NA/88.118.8", "2 88.118.8/x", "3 88.118.8/x"])
        tree.forgers = [2, 3]
        let outcome = tree.resolve("88.118.8/x", routes, flags: Self.certified)
        #expect(outcome.finding == .failed(.unproven) && outcome.lifetimeSeconds == 0)
        // Who wants no signature is answered as ever.
        #expect(tree.resolve("88.118.8/x", routes).values == [Self.url])
    }

    @Test func aSiteWithoutAKeyProvesNothingAndMayRefer() {
        add(PretendedTree.site(2))
        #expect(tree.resolve("88.118.8/x", routes, flags: Self.certified).finding == .failed(.unproven))
        tree.add(2) { $0.error(.identifierNotFound) }
        #expect(tree.resolve("88.118.8/x", routes, flags: Self.certified).finding == .failed(.unproven))
        tree.add(2) { request in
            request.referral(.serviceReferral, [PretendedTree.value(PretendedTree.site(3, publicKey: [8]))])
        }
        #expect(tree.resolve("88.118.8/x", routes, flags: Self.certified).values == [Self.url])
    }

    @Test func aKeyThatIsWrongForAMinuteHasTheRouteAskedForAnew() {
        add(PretendedTree.site(2, publicKey: [7]))
        _ = tree.resolve("88.118.8/x", routes, flags: Self.certified)
        tree.forgers = [2]
        add(PretendedTree.site(3, publicKey: [8]))
        tree.forgetAsks()
        let later = PretendedTree.after(RouteBook.ageSecondsMin)
        #expect(tree.resolve("88.118.8/x", routes, flags: Self.certified, at: later).values == [Self.url])
        #expect(tree.asked == ["2 88.118.8/x", "1 0.NA/88.118.8", "3 88.118.8/x"])
    }

    @Test func keysOfAdministratorsComeOverConnectionsAndPastCaches() {
        add(PretendedTree.site(2, publicKey: [7]))
        let question = RecursionQuestion(publicKeysOf: Array("88.118.8/admin".utf8))
        #expect(!question.isCached)
        _ = tree.resolve(question, routes)
        for ask in tree.asks {
            #expect(ask.isOverConnection && ask.interfaces.map(\.transport) == [.tcp])
            #expect(ask.request.header.flags.contains(.publicOnly))
        }
        #expect(tree.asks.last?.mustBeCertified == true)
        #expect(tree.asks.last?.request.header.flags.contains(.authoritative) == true)
        guard case .resolve(let asked)? = tree.asks.last?.request.body else {
            Issue.record("no question")
            return
        }
        #expect(asked.types == [WireText(ValueType.publicKey)])
        tree.forgers = [2]
        let forged = tree.resolve(question, routes)
        #expect(forged.finding == .failed(.unproven))
        #expect(RemoteKeyFailure.keys(in: forged) == .failure(.unproven))
    }

    @Test func whatIsNoLongerFreshProvesNobodysIdentity() {
        let question = RecursionQuestion(publicKeysOf: Array("88.118.8/admin".utf8))
        let key = HandleValue(index: 300, type: ValueType.publicKey, data: [1])
        tree.add(1, records: ["0.NA/88.118.8": [PretendedTree.value(PretendedTree.site(2))]])
        tree.add(2) { $0.found([key]) }
        var outcome = tree.resolve(question, routes)
        #expect(RemoteKeyFailure.keys(in: outcome) == .success([key]))
        outcome.isStale = true
        #expect(RemoteKeyFailure.keys(in: outcome) == .failure(.silent))
        tree.remove(2)
        #expect(RemoteKeyFailure.keys(in: tree.resolve(question, routes)) == .failure(.silent))
        tree.add(2) { $0.error(.identifierNotFound) }
        #expect(RemoteKeyFailure.keys(in: tree.resolve(question, routes)) == .success([]))
    }
}
