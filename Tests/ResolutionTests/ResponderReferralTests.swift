import Resolution
import ResolutionProtocol
import Testing

/// Codes 300, 301, 302, 303: somebody else is to be asked.
@Suite struct ResponderReferralTests {
    private let node = Registry.node()
    private static let foreign = "not responsible for this prefix"

    @Test(arguments: [
        "99.1/x", "88.118/x", "88.118.88/x", "88.118.8.1/x", "8/x", "x", "0.NA/99.1", "0.NA/", "0.NA/88.118", "0/x",
        "0.TYPE/URL", "99", "88.118.8x/1",
    ])
    func foreignPrefixIsCode301(identifier: String) {
        expectError(of: node, .resolve(identifier), .notResponsible, Self.foreign)
        #expect(node.store.calls.isEmpty)
    }

    @Test(arguments: ["88.118.7/x", "88.118.7/", "88.118.7/a/b/c"])
    func delegatedPrefixIsCode302WithItsServiceValues(identifier: String) {
        let request = Message.resolve(identifier)
        let referral = Referral(identifier: [], values: Registry.serviceRoutes)
        expect(node.reply(to: request), expectedAnswer(to: request, .serviceReferral, .referral(referral)))
        #expect(node.store.calls == [[Array("0.NA/88.118.7".utf8)]])
    }

    @Test func routesAreKnownInAnyCase() {
        let routes = [Registry.value(1, "hs_site", "s"), Registry.value(2, "Hs_Serv", "a/b")]
        node.store.put("0.NA/88.118.7", routes + [Registry.value(3, "HS_SITES", "none")])
        let request = Message.resolve("88.118.7/x")
        let referral = Referral(identifier: [], values: routes)
        expect(node.reply(to: request), expectedAnswer(to: request, .serviceReferral, .referral(referral)))
    }

    @Test(arguments: [ProtocolVersion(2, 0), ProtocolVersion(2, 4), ProtocolVersion(2, 9), ProtocolVersion(2, 11)])
    func code302IsUnderstoodByAllVersions(version: ProtocolVersion) {
        let request = Message.resolve("88.118.7/x", version: version)
        let referral = Referral(identifier: [], values: Registry.serviceRoutes)
        let expected = expectedAnswer(to: request, .serviceReferral, .referral(referral), version: version)
        expect(node.reply(to: request), expected)
    }

    @Test func delegatedPrefixWithoutReferralIsCode301() {
        let flags = OpFlags.requestDefault.union(.doNotRefer)
        expectError(
            of: node,
            .resolve("88.118.7/x", flags: flags),
            .notResponsible,
            "another server is responsible"
        )
        #expect(node.store.calls.isEmpty)
    }

    @Test func delegatedPrefixWithoutRecordOrRouteIsCode301() {
        expectError(of: node, .resolve("88.118.6/x"), .notResponsible, "another server is responsible")
        expectError(of: node, .resolve("88.118.5/x"), .notResponsible, "no route is known")
    }

    @Test(arguments: ["88.118.7", "0.NA/88.118.7", "0.na/88.118.7"])
    func recordOfADelegatedPrefixIsAnsweredHere(identifier: String) {
        let isPublic = Registry.routeRecord.filter { $0.permissions.contains(.publicRead) }
        expectValues(of: node, .resolve(identifier), isPublic)
    }

    @Test(arguments: ["88.118.7.1", "0.NA/88.118.7.1", "0.na/88.118.7.1.2.3"])
    func derivedPrefixOfADelegatedOneIsCode303(identifier: String) {
        for version in [ProtocolVersion(2, 10), ProtocolVersion(2, 11)] {
            let request = Message.resolve(identifier, version: version)
            let referral = Referral(identifier: [], values: Registry.prefixRoutes)
            let expected = expectedAnswer(to: request, .prefixReferral, .referral(referral), version: version)
            expect(node.reply(to: request), expected)
        }
        #expect(node.store.calls[1] == [Array("0.NA/88.118.7".utf8)])
    }

    @Test(arguments: [ProtocolVersion(2, 0), ProtocolVersion(2, 4), ProtocolVersion(2, 5), ProtocolVersion(2, 9)])
    func below210ADerivedPrefixIsCode100(version: ProtocolVersion) {
        let request = Message.resolve("0.NA/88.118.7.1", version: version)
        let body = MessageBody.error(ErrorBody(message: Array("not found".utf8)))
        expect(node.reply(to: request), expectedAnswer(to: request, .identifierNotFound, body, version: version))
    }

    @Test func derivedPrefixWithoutReferralIsCode100() {
        let flags = OpFlags.requestDefault.union(.doNotRefer)
        let text = "not found"
        expectError(of: node, .resolve("0.NA/88.118.7.1", flags: flags), .identifierNotFound, text)
        // Its ancestor has no record, or a record without such routes.
        expectError(of: node, .resolve("0.NA/88.118.6.1"), .identifierNotFound, text)
        expectError(of: node, .resolve("0.NA/88.118.5.1"), .identifierNotFound, "no route is known")
        expectError(of: node, .resolve("0.NA/88.118.8.1"), .identifierNotFound, "no route is known")
    }

    @Test func derivedPrefixThatIsKnownHereIsAnswered() {
        node.store.put("0.NA/88.118.7.1", [Registry.url])
        expectValues(of: node, .resolve("0.NA/88.118.7.1"), [Registry.url])
    }

    @Test func nearestAncestorRefers() {
        let node = TestNode(rows: [
            PrefixRow(prefix: Array("88".utf8), state: .delegated, number: 1),
            PrefixRow(prefix: Array("88.118.7".utf8), state: .delegated, number: 2),
        ])
        let far = Registry.value(1, "HS_SITE.PREFIX", "far")
        let near = Registry.value(1, "HS_SITE.PREFIX", "near")
        node.store.put("0.NA/88", [far])
        node.store.put("0.NA/88.118.7", [near])
        for (identifier, route) in [("0.NA/88.118.7.5.6", near), ("0.NA/88.118.77", far), ("88.1", far)] {
            let request = Message.resolve(identifier)
            let referral = Referral(identifier: [], values: [route])
            expect(node.reply(to: request), expectedAnswer(to: request, .prefixReferral, .referral(referral)))
        }
    }

    @Test func damagedOrUnreadableRouteRecord() {
        node.store.setStatus(.damaged, of: "0.NA/88.118.7")
        expectError(of: node, .resolve("88.118.7/x"), .error, "the stored record is damaged")
        node.store.setStatus(.unavailable, of: "0.NA/88.118.7")
        expectError(of: node, .resolve("88.118.7/x"), .serverBusy, "the store cannot be read just now")
        node.store.statuses = [:]
        node.store.put(key: Array("0.NA/88.118.7".utf8), record: [0, 0, 0, 1])
        expectError(of: node, .resolve("88.118.7/x"), .error, "the stored record is damaged")
        expectError(of: node, .resolve("0.NA/88.118.7.1"), .error, "the stored record is damaged")
    }

    @Test func derivedPrefixIsNotCalledAbsentWhenItsAncestorCannotBeRead() {
        node.store.setStatus(.unavailable, of: "0.NA/88.118.7")
        expectError(of: node, .resolve("0.NA/88.118.7.1"), .serverBusy, "the store cannot be read just now")
        node.store.setStatus(.damaged, of: "0.NA/88.118.7")
        expectError(of: node, .resolve("0.NA/88.118.7.1"), .error, "the stored record is damaged")
    }

    @Test(arguments: [SiteInfo.HashOption.byPrefix, .bySuffix, .byAll])
    func ofSeveralServersExactlyOneAnswers(option: SiteInfo.HashOption) throws {
        var answered = [0, 0, 0]
        for number in 0..<30 {
            let identifier = "88.118.\(8 + number % 2)/\(number)"
            let responsible = try ServerSelection.serverIndex(
                of: Array(identifier.utf8),
                option: option,
                serverCount: 3
            )
            for server in 0..<3 {
                var settings = TestNode.settings(serverCount: 3, hashOption: option)
                settings.ownServerIndex = server
                let node = Registry.node(settings: settings)
                node.store.put(identifier, [Registry.url])
                guard server != responsible else {
                    expectValues(of: node, .resolve(identifier), [Registry.url])
                    answered[server] += 1
                    continue
                }
                let text = "another server of this site is responsible"
                expectError(of: node, .resolve(identifier), .notResponsible, text)
                #expect(node.store.calls.isEmpty)
            }
        }
        #expect(answered.reduce(0, +) == 30)
    }

    @Test func anOldSiteRecordIsCode300() throws {
        var settings = TestNode.settings(serverCount: 2)
        let responsible = try ServerSelection.serverIndex(of: Array(Registry.item.utf8), option: .byAll, serverCount: 2)
        settings.ownServerIndex = 1 - (responsible ?? 0)
        let node = Registry.node(settings: settings)
        let current = "another server of this site is responsible"
        let old = "site information is out of date"
        for (serial, code, text) in [
            (0, .siteInfoOutOfDate, old), (TestNode.serial - 1, .siteInfoOutOfDate, old),
            (TestNode.serial, .notResponsible, current), (TestNode.serial + 1, .notResponsible, current),
            (0xFFFF, .notResponsible, current),
        ] as [(UInt16, ResponseCode, String)] {
            var request = Message.resolve(Registry.item)
            request.header.siteInfoSerial = serial
            expectError(of: node, request, code, text)
        }
    }

    @Test func anOldSiteRecordDoesNotMatterToTheResponsibleServer() {
        var request = Message.resolve(Registry.item)
        request.header.siteInfoSerial = 0
        expectValues(of: node, request, Registry.itemValues)
    }
}
