import ResolutionProtocol
import Testing

@testable import Resolution

/// What a worker does with questions that are others' to answer.
@Suite struct ResponderRecursionTests {
    private let ledger = MemoryLedger()
    private let node: TestNode
    private static let networks = [QuerySource(high: 0, low: 0x0000_FFFF_C000_0200, prefixLength: 120)]
    private static let stranger = QuerySource(high: 0, low: 0x0000_FFFF_C633_6401, prefixLength: 128)

    init() { node = Self.makeNode(ledger: ledger) }

    private static func makeNode(ledger: MemoryLedger = MemoryLedger(), isSuffixCaseSensitive: Bool = false) -> TestNode
    {
        let node = TestNode(
            settings: TestNode.settings(isSuffixCaseSensitive: isSuffixCaseSensitive),
            rows: Registry.rows,
            ledger: ledger,
            recursion: RecursionAccess(allowed: networks, cacheByteCount: 1 << 20, staleSecondsMax: 600)
        )
        node.store.put(Registry.item, Registry.itemValues)
        node.store.put("0.NA/88.118.8", [PretendedTree.value(PretendedTree.site(9), ValueType.sitePrefix)])
        node.store.put("0.NA/88.118.7", Registry.routeRecord)
        return node
    }

    private func outcome(
        _ name: String,
        _ values: [HandleValue] = [Registry.url, Registry.text],
        flags: OpFlags = .requestDefault,
        lifetime: UInt64 = 100
    ) -> RecursionOutcome {
        let question = RecursionQuestion(identifier: Array(name.utf8), flags: flags)
        var writer = WireWriter(capacity: 64)
        StoredRecord.write(name: question.key, key: question.key, sequence: 0, values: values, to: &writer)
        return RecursionOutcome(question, .found(record: [UInt8](writer.bytes)), lifetimeSeconds: lifetime)
    }

    private func outcome(_ name: String, _ finding: RecursionOutcome.Finding, lifetime: UInt64 = 0) -> RecursionOutcome
    {
        RecursionOutcome(
            RecursionQuestion(identifier: Array(name.utf8)),
            finding,
            lifetimeSeconds: lifetime
        )
    }

    private static func at(_ seconds: UInt64) -> BatchTime {
        BatchTime(
            unixSeconds: TestNode.now.unixSeconds + Int64(seconds),
            nanoseconds: TestNode.now.nanoseconds + seconds * 1_000_000_000
        )
    }

    private func totals(_ number: Int) -> CountTotals? {
        ledger.page(worker: 0, day: CountDay(unixSeconds: TestNode.now.unixSeconds))?.totals(of: number)
    }

    // MARK: who and what

    @Test(arguments: [
        "99.1/x", "88.118.88/x", "0.NA/99.1", "99", "88.118.7/x", "0.TYPE/URL", "88.118.7.1", "0.na/88.118.7.1",
    ])
    func whatIsOthersIsLeftToRecursion(identifier: String) {
        let asked = Asked(.resolve(identifier))
        let reply = node.reply(to: asked, latency: 1_000)
        #expect(reply.slot.recipient == .recursion)
        #expect(reply.bytes.isEmpty)
        #expect(totals(0)?.requests == 0 && totals(3)?.requests == 0)
        let question = RecursionQuestion(of: reply.slot, in: asked.bytes.span.bytes)
        #expect(question == RecursionQuestion(identifier: Array(identifier.utf8)))
    }

    @Test(arguments: [Registry.item, "88.118.8/none", "88.118.8", "88.118.7", "0.NA/88.118.7", "0.NA/88.118.8.1"])
    func whatIsOursIsAnsweredHereF1(identifier: String) {
        let reply = node.reply(to: Asked(.resolve(identifier)))
        let plain = Registry.node()
        plain.store.put("0.NA/88.118.8", [PretendedTree.value(PretendedTree.site(9), ValueType.sitePrefix)])
        #expect(reply.slot.recipient == .nobody)
        #expect(!reply.bytes.isEmpty)
        #expect(reply.bytes == plain.reply(to: Asked(.resolve(identifier))).bytes)
        #expect(node.cacheFigures == AnswerCacheFigures())
    }

    @Test(arguments: ["99.1/x", "88.118.7/x", "0.NA/88.118.7.1"])
    func whoMayNotOrDoesNotWantItIsReferredAsBefore(identifier: String) {
        let plain = Registry.node()
        let requests = [
            Asked(.resolve(identifier)).from(Self.stranger),
            Asked(.resolve(identifier, flags: [.cacheCertify, .publicOnly])),
        ]
        for request in requests {
            let reply = node.reply(to: request)
            #expect(reply.slot.recipient == .nobody)
            #expect(reply.bytes == plain.reply(to: request).bytes)
        }
    }

    @Test(arguments: ["0.SITE/status", "0.site/STATUS", "0.SITE/", "0"])
    func whatIsAboutThisNodeIsNotAskedForElsewhere(identifier: String) {
        #expect(node.reply(to: .resolve(identifier)).code == .notResponsible)
        #expect(node.reply(to: .resolve("0.SITES/x")).slot.recipient == .recursion)
        #expect(node.reply(to: .resolve("00")).slot.recipient == .recursion)
    }

    @Test func anOldClientGetsTheRecordOfADerivedPrefixByRecursion() {
        let old = Message.resolve("0.NA/88.118.7.1", version: ProtocolVersion(2, 9))
        #expect(node.reply(to: Asked(old)).slot.recipient == .recursion)
        let ours = Message.resolve("0.NA/88.118.8.1", version: ProtocolVersion(2, 9))
        #expect(node.reply(to: Asked(ours)).code == .identifierNotFound)
    }

    @Test func aRequestThatHasBeenPassedOnTooOftenF5() {
        var request = Message.resolve("99.1/x")
        request.header.recursionCount = 10
        let reply = node.reply(to: Asked(request))
        #expect(reply.code == .recursionLimitExceeded)
        #expect(reply.message?.header.flags.contains(.authoritative) == false)
        request.header.recursionCount = 9
        #expect(node.reply(to: Asked(request)).slot.recipient == .recursion)
        // What is known here needs no passing on.
        node.keep(outcome("99.1/x"))
        request.header.recursionCount = 10
        #expect(node.reply(to: Asked(request)).code == .success)
    }

    @Test(
        arguments: [
            (QuerySource(high: 0x2001_0DB8_0000_0000, low: 0, prefixLength: 32), 0x2001_0DB8_FFFF_0000, 5, true),
            (QuerySource(high: 0x2001_0DB8_0000_0000, low: 0, prefixLength: 32), 0x2001_0DB9_0000_0000, 5, false),
            (QuerySource(high: 0, low: 1, prefixLength: 128), 0, 1, true),
            (QuerySource(high: 0, low: 1, prefixLength: 128), 0, 2, false),
            (QuerySource(high: 7, low: 0, prefixLength: 64), 7, .max, true),
            (QuerySource(high: 0, low: 0, prefixLength: 0), .max, .max, true),
            (QuerySource(high: 0, low: 0xFFFF_0A00_0000, prefixLength: 104), 0, 0xFFFF_0AFF_FFFF, true),
            (QuerySource(high: 0, low: 0xFFFF_0A00_0000, prefixLength: 104), 0, 0xFFFF_0B00_0000, false),
        ] as [(QuerySource, UInt64, UInt64, Bool)]
    )
    func networks(network: QuerySource, high: UInt64, low: UInt64, isInside: Bool) {
        #expect(network.contains(QuerySource(high: high, low: low, prefixLength: 128)) == isInside)
    }

    // MARK: from the cache

    @Test func whatIsKnownIsAnsweredAtOnceAndNotAsOurs() throws {
        node.keep(outcome("99.1/aB", lifetime: 100_000))
        let reply = node.reply(to: Asked(.resolve("99.1/aB")), latency: 1_000)
        let message = try #require(reply.message)
        #expect(message.header.flags == [.recursive, .cacheCertify, .publicOnly])
        let body = ResolutionAnswer(identifier: Array("99.1/aB".utf8), values: [Registry.url, Registry.text])
        #expect(message.body == .resolved(body))
        #expect(reply.slot.recipient == .nobody)
        #expect(totals(0)?.requests == 1 && totals(0)?.successes == 1)
    }

    @Test func indexesAndTypesSelectFromTheCache() throws {
        node.keep(outcome("99.1/x", lifetime: 100_000))
        for (request, values) in [
            (Message.resolve("99.1/x", indexes: [2]), [Registry.text]),
            (.resolve("99.1/x", types: ["url"]), [Registry.url]),
        ] {
            let message = try #require(node.reply(to: request).message)
            #expect(message.body == .resolved(ResolutionAnswer(identifier: Array("99.1/x".utf8), values: values)))
        }
        #expect(node.reply(to: .resolve("99.1/x", types: ["EMAIL"])).code == .valuesNotFound)
    }

    @Test func theDigestOfTheRequestIsInFrontOfACachedAnswer() throws {
        node.keep(outcome("99.1/x"))
        let request = Message.resolve("99.1/x", flags: OpFlags.requestDefault.union(.requestDigest))
        let message = try #require(node.reply(to: request).message)
        #expect(message.requestDigest == digest(.sha256, of: request))
        #expect(message.header.flags.contains(.requestDigest))
        #expect(!message.header.flags.contains(.authoritative))
    }

    @Test func caseOfSuffixesIsTheOtherNodesMatter() {
        for isSensitive in [false, true] {
            let node = Self.makeNode(isSuffixCaseSensitive: isSensitive)
            node.keep(outcome("99.a/x"))
            #expect(node.reply(to: .resolve("99.A/x")).code == .success)
            #expect(node.reply(to: .resolve("99.a/X")).slot.recipient == .recursion)
        }
    }

    @Test(
        arguments: [
            [.recursive, .cacheCertify], [.recursive, .publicOnly, .authoritative],
            [.recursive, .publicOnly, .certify],
        ] as [OpFlags]
    )
    func whoWantsMoreThanACacheHasIsNotAnsweredFromIt(flags: OpFlags) {
        node.keep(outcome("99.1/x"))
        #expect(node.reply(to: .resolve("99.1/x", flags: flags)).slot.recipient == .recursion)
    }

    @Test func whatIsKnownNotToBeThere() {
        node.keep(outcome("99.1/x", .notFound, lifetime: 60))
        node.keep(outcome("99.2/x", .refused(.notResponsible), lifetime: 60))
        let reply = node.reply(to: Asked(.resolve("99.1/x")), latency: 1_000)
        #expect(reply.code == .identifierNotFound)
        #expect(reply.message?.header.flags.contains(.authoritative) == false)
        #expect(node.reply(to: .resolve("99.2/x")).code == .notResponsible)
        #expect(totals(0)?.requests == 1 && totals(0)?.successes == 0)
        #expect(node.reply(to: Asked(.resolve("99.1/x")), at: Self.at(60)).slot.recipient == .recursion)
    }

    @Test func anAnswerThatIsDueIsAnsweredAndAskedForAgain() {
        node.keep(outcome("99.1/x"))
        for second in [0, 1, 2] as [UInt64] {
            #expect(node.reply(to: Asked(.resolve("99.1/x")), at: Self.at(second)).slot.recipient == .nobody)
        }
        let reply = node.reply(to: Asked(.resolve("99.1/x")), at: Self.at(95))
        #expect(reply.slot.recipient == .refresh)
        #expect(reply.code == .success)
        #expect(node.reply(to: Asked(.resolve("99.1/x")), at: Self.at(96)).slot.recipient == .nobody)
    }

    @Test func aPrefixTakenOnLaterIsOurs() {
        node.keep(outcome(Registry.item, [Registry.text]))
        expectValues(of: node, .resolve(Registry.item), Registry.itemValues)
    }

    // MARK: late answers

    @Test func aLateAnswerIsThatOfTheAskerAndCountedOnce() throws {
        let asked = Asked(.resolve("99.1/x", types: ["URL"]))
        let slot = node.reply(to: asked, latency: 1_000).slot
        let late = node.lateReply(to: asked, slot, with: outcome("99.1/x", lifetime: 0), at: Self.at(2))
        let message = try #require(late.message)
        #expect(message.body == .resolved(ResolutionAnswer(identifier: Array("99.1/x".utf8), values: [Registry.url])))
        #expect(message.envelope.requestID == 0x0102_0304)
        #expect(message.header.flags == [.recursive, .cacheCertify, .publicOnly])
        #expect(totals(0)?.requests == 1 && totals(0)?.successes == 1)
        #expect(totals(0)?.longest(outside: true)?.value == 2_000_000_000)
        #expect(late.slot.recipient == .nobody)
    }

    @Test func aDelegatedPrefixIsCountedUnderItself() {
        let asked = Asked(.resolve("88.118.7/x"))
        let slot = node.reply(to: asked, latency: 1_000).slot
        _ = node.lateReply(to: asked, slot, with: outcome("88.118.7/x"))
        #expect(totals(3)?.requests == 1 && totals(3)?.successes == 1)
        #expect(totals(0)?.requests == 0)
    }

    @Test(
        arguments: [
            (.notFound, .identifierNotFound), (.refused(.notResponsible), .notResponsible),
            (.refused(.insufficientPermission), .insufficientPermission), (.failed(.unreachable), .error),
            (.failed(.noRoute), .notResponsible), (.failed(.loop), .error), (.failed(.tooManyAsks), .error),
            (.failed(.tooDeep), .recursionLimitExceeded), (.failed(.tooManyServices), .error),
            (.failed(.busy), .serverBusy),
        ] as [(RecursionOutcome.Finding, ResponseCode)]
    )
    func whatTheAskerIsToldWithoutAnAnswer(finding: RecursionOutcome.Finding, code: ResponseCode) throws {
        for asked in [Asked(.resolve("99.1/x")), Asked(.resolve("99.1/x")).overUDP] {
            let node = Self.makeNode()
            let slot = node.reply(to: asked).slot
            let outcome = outcome("99.1/x", finding)
            node.keep(outcome)
            let late = node.lateReply(to: asked, slot, with: outcome)
            #expect(late.code == code)
            #expect(late.message?.header.flags.contains(.authoritative) == false)
            if asked.isDatagram { #expect(late.bytes.count <= asked.bytes.count) }
            guard case .error(let error) = late.message?.body, !asked.isDatagram else { continue }
            #expect(!error.message.isEmpty)
        }
    }

    @Test func whoHasToSayWhoItIsIsReferredToTheNodeThatAsks() throws {
        let sites = [PretendedTree.value(PretendedTree.site(3))]
        let asked = Asked(.resolve("99.1/x", flags: [.recursive]))
        let slot = node.reply(to: asked).slot
        let late = node.lateReply(to: asked, slot, with: outcome("99.1/x", .referral(sites)))
        #expect(late.code == .serviceReferral)
        #expect(try #require(late.message).body == .referral(Referral(identifier: [], values: sites)))
        let unreferred = Asked(.resolve("99.1/x", flags: [.recursive, .doNotRefer]))
        let other = node.reply(to: unreferred).slot
        #expect(
            node.lateReply(to: unreferred, other, with: outcome("99.1/x", .referral(sites))).code == .notResponsible
        )
    }

    @Test func withoutRoomTheAskerIsToldAndCounted() {
        let asked = Asked(.resolve("99.1/x"))
        let slot = node.reply(to: asked, latency: 1_000).slot
        #expect(node.lateReply(to: asked, slot, with: nil).code == .serverBusy)
        #expect(totals(0)?.requests == 1 && totals(0)?.successes == 0)
    }

    // MARK: stale answers

    @Test func withTheOwnerSilentTheLastAnswerIsGivenAndMarkedF1() throws {
        let asked = Asked(.resolve("99.1/x"))
        node.keep(outcome("99.1/x"))
        let slot = node.reply(to: asked, at: Self.at(150)).slot
        #expect(slot.recipient == .recursion)
        let silent = outcome("99.1/x", .failed(.unreachable))
        node.keep(silent, at: Self.at(155))
        let late = node.lateReply(to: asked, slot, with: silent, at: Self.at(155))
        let message = try #require(late.message)
        #expect(late.code == .success)
        #expect(message.header.flags == [.recursive, .cacheCertify, .publicOnly, .stale])
        guard case .resolved(let answer) = message.body else { return #expect(Bool(false), "no values") }
        #expect(answer.values.map(\.ttl) == [30, 30])
        // Those who ask meanwhile do not wait; after that its owner is asked again.
        let next = node.reply(to: asked, at: Self.at(160))
        #expect(next.code == .success)
        #expect(next.message?.header.flags.contains(.stale) == true)
        #expect(node.reply(to: asked, at: Self.at(185)).slot.recipient == .recursion)
    }

    @Test func aStaleAnswerFromElsewhereIsMarkedToo() throws {
        let asked = Asked(.resolve("99.1/x"))
        let slot = node.reply(to: asked).slot
        var stale = outcome("99.1/x", lifetime: 30)
        stale.isStale = true
        node.keep(stale)
        #expect(node.lateReply(to: asked, slot, with: stale).message?.header.flags.contains(.stale) == true)
        #expect(node.reply(to: asked, at: Self.at(29)).message?.header.flags.contains(.stale) == true)
        #expect(node.reply(to: asked, at: Self.at(30)).slot.recipient == .recursion)
    }

    @Test func whatIsTooOldIsNotGivenF1() {
        let asked = Asked(.resolve("99.1/x"))
        node.keep(outcome("99.1/x"))
        let slot = node.reply(to: asked, at: Self.at(701)).slot
        let silent = outcome("99.1/x", .failed(.unreachable))
        node.keep(silent, at: Self.at(701))
        #expect(node.lateReply(to: asked, slot, with: silent, at: Self.at(701)).code == .error)
    }

    @Test func anOwnerThatSaysNoEndsTheLastAnswer() {
        let asked = Asked(.resolve("99.1/x"))
        node.keep(outcome("99.1/x"))
        node.keep(outcome("99.1/x", .notFound, lifetime: 60), at: Self.at(150))
        #expect(node.reply(to: asked, at: Self.at(151)).code == .identifierNotFound)
    }
}
