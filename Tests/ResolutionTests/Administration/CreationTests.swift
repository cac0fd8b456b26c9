import ResolutionProtocol
import StoreSuite
import Testing

@testable import Resolution

/// Creation: the order of its checks, and the code of each refusal (operations.md §5).
@Suite struct CreationTests {
    private let url = HandleValue.text(1, "URL", "https://example.org/")

    private func asked(
        _ name: String,
        _ values: [HandleValue],
        flags: OpFlags = .requestDefault,
        of node: AdministeredNode = AdministeredNode()
    ) -> Message? {
        Client(node).ask(.createIdentifier, .values(name, values), flags: flags)
    }

    @Test func whatIsCreatedIsStampedAndNamed() throws {
        let node = AdministeredNode()
        let answer = Client(node).perform(.createIdentifier, .values("88.118.8/New", [url]), as: .owner)
        #expect(answer?.code == .success)
        #expect(answer?.createdName == "88.118.8/New")
        #expect(answer?.header.flags.contains(.overwrite) == false)
        let values = try #require(node.values(of: "88.118.8/new"))
        #expect(values.map(\.data) == [url.data])
        #expect(values.map(\.timestamp) == [1_700_000_000])
    }

    @Test func aPrefixThatIsNotHomedIsCode301() {
        #expect(asked("88.118.7/x", [])?.code == .notResponsible)
        #expect(asked("12.34/x", [.text(0, "URL", "")])?.code == .notResponsible)
        #expect(asked("0.NA/12.34", [url])?.code == .notResponsible)
        #expect(asked("/x", [url])?.code == .notResponsible)
    }

    @Test func anotherServersIdentifierIsCode301() {
        var registry = AdministeredRegistry()
        registry.settings.site = TestNode.settings(serverCount: 2).site
        let mine = AdministeredNode(registry)
        registry.settings.ownServerIndex = 1
        let other = AdministeredNode(registry)
        for number in 0..<8 {
            let codes = [mine, other].map { asked("88.118.8/s\(number)", [url], of: $0)?.code }
            #expect(Set(codes) == [.notResponsible, .authenticationNeeded])
        }
    }

    @Test func P8InvalidNamesAreCode102BeforeTheirValuesAreLookedAt() {
        for name in [[0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0x00], [0x1F], [0x7F]] as [[UInt8]] {
            let body = ValuesRequest(identifier: Array("88.118.8/".utf8) + name, values: [.text(0, "URL", "")])
            let answer = Client(AdministeredNode()).ask(.createIdentifier, .values(body))
            #expect(answer?.code == .invalidIdentifier)
        }
    }

    @Test func P9NamesUpTo2048BytesAreCreated() {
        for (count, code) in [(2_047, ResponseCode.success), (2_048, .success), (2_049, .invalidIdentifier)] {
            let name = "88.118.8/" + String(repeating: "n", count: count - 9)
            let answer = Client(AdministeredNode()).perform(.createIdentifier, .values(name, [url]), as: .owner)
            #expect(answer?.code == code)
        }
    }

    @Test func indexesFromOneOnAndEachOnce() {
        #expect(asked("88.118.8/x", [.text(0, "URL", "")])?.code == .invalidValue)
        #expect(asked("88.118.8/x", [.text(0x8000_0000, "URL", "")])?.code == .invalidValue)
        #expect(asked("88.118.8/a", [.text(0, "URL", "")])?.code == .invalidValue)
        let twice = asked("88.118.8/a", [url, .text(1, "DESC", "")])
        #expect(twice?.code == .valueExists)
        #expect(twice?.errorText.isEmpty == false)
    }

    @Test func whatExistsIsCode101BeforeAnyoneIsAskedWhoHeIs() {
        #expect(asked("88.118.8/A", [url])?.code == .identifierExists)
        #expect(asked("88.118.8/A", [url], flags: [.overwrite])?.code == .authenticationNeeded)
    }

    @Test func whoeverMayNotAddIsCode400() {
        let node = AdministeredNode()
        let body = MessageBody.values("88.118.8/new", [url])
        #expect(Client(node).perform(.createIdentifier, body, as: .neighbour)?.code == .notAdministrator)
        #expect(node.values(of: "88.118.8/new") == nil)
        var registry = AdministeredRegistry()
        let rights = AdminPermission.all.subtracting(.addIdentifier)
        registry.set("0.NA/88.118.8", [.admin(100, Who.owner.reference, rights), Who.owner.value])
        let lacking = AdministeredNode(registry)
        #expect(Client(lacking).perform(.createIdentifier, body, as: .owner)?.code == .notAdministrator)
    }

    @Test func aRecordNeedsAValueAndReadableAdministrators() {
        let node = AdministeredNode()
        let bodies: [MessageBody] = [
            .values("88.118.8/new", []), .values("88.118.8/new", [.text(1, "HS_ADMIN", "no record")]),
        ]
        for body in bodies {
            #expect(Client(node).perform(.createIdentifier, body, as: .owner)?.code == .invalidValue)
        }
    }

    @Test func mintedSuffixesAreUUIDsBehindTheGivenText() throws {
        let node = AdministeredNode()
        let client = Client(node)
        let flags: OpFlags = [.mintSuffix, .cacheCertify]
        let body = MessageBody.values("88.118.8/item-", [url])
        let names = try (0..<2).map { _ in
            let answer = try #require(client.perform(.createIdentifier, body, flags: flags, as: .owner))
            #expect(answer.header.flags.contains(.mintSuffix))
            return try #require(answer.createdName)
        }
        #expect(Set(names).count == 2)
        for name in names {
            #expect(name.wholeMatch(of: /88\.118\.8\/item-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/) != nil)
            #expect(node.values(of: name)?.count == 1)
        }
    }

    @Test func aSuffixIsMintedOnlyBehindASlash() {
        let answer = Client(AdministeredNode())
            .perform(.createIdentifier, .values("88.118.8", [url]), flags: [.mintSuffix], as: .owner)
        #expect(answer?.code == .invalidIdentifier)
    }

    @Test func derivedPrefixesTakeTheRightOfThePrefixAbove() {
        let body = MessageBody.values("0.NA/88.118.8.1", [url])
        let node = AdministeredNode()
        #expect(Client(node).perform(.createIdentifier, body, as: .owner)?.code == .success)
        var registry = AdministeredRegistry()
        let rights = AdminPermission.all.subtracting(.addDerivedPrefix)
        registry.set("0.NA/88.118.8", [.admin(100, Who.owner.reference, rights), Who.owner.value])
        let lacking = AdministeredNode(registry)
        #expect(Client(lacking).perform(.createIdentifier, body, as: .owner)?.code == .notAdministrator)
        registry.set(
            "0.NA/88.118.8",
            [.admin(100, Who.owner.reference, [.addDerivedPrefix]), Who.owner.value]
        )
        let barely = AdministeredNode(registry)
        #expect(Client(barely).perform(.createIdentifier, body, as: .owner)?.code == .success)
    }

    @Test func aDerivedPrefixIsDelegatedOnceItsRecordSaysToWhom() {
        let node = AdministeredNode()
        let client = Client(node)
        let site = HandleValue.text(1, "HS_SITE", "a site")
        let body = MessageBody.values("0.NA/88.118.8.1", [site])
        #expect(client.perform(.createIdentifier, body, as: .owner)?.code == .success)
        #expect(node.records.prefixRows().first { $0.prefix == Array("88.118.8.1".utf8) }?.state == .delegated)
        #expect(client.ask(.resolution, .resolve("88.118.8.1/x"))?.code == .serviceReferral)
    }

    @Test func aPrefixInNoUseIsCode5AndAnUnknownOne301() {
        var registry = AdministeredRegistry()
        registry.prefixes[0].status = .disabled
        let node = AdministeredNode(registry)
        #expect(asked("88.118.8/x", [url], of: node)?.code == .operationNotSupported)
        #expect(asked("12.34/x", [url], of: node)?.code == .notResponsible)
    }

    @Test func aReadOnlyNodeSaysWhyWithCode7() {
        let node = AdministeredNode()
        node.administration.readOnlyReason = "being moved"
        let answer = asked("88.118.8/x", [url], of: node)
        #expect(answer?.code == .serverReadOnly)
        #expect(answer?.errorText == "being moved")
    }

    @Test func aMirrorTakesNoChanges() {
        var registry = AdministeredRegistry()
        registry.settings.site = TestNode.settings(isPrimary: false).site
        #expect(asked("88.118.8/x", [url], of: AdministeredNode(registry))?.code == .notResponsible)
    }

    @Test func whatTheWriterRefusesIsSaid() {
        let body = MessageBody.values("88.118.8/x", [url])
        let failures: [(ChangeLogError, ResponseCode)] = [
            (.storageFull, .serverReadOnly), (.failed(reason: "disk"), .serverReadOnly), (.damaged(reason: ""), .error),
            (.closed, .serverBusy),
        ]
        for (failure, code) in failures {
            let node = AdministeredNode()
            node.changes.failure = failure
            #expect(Client(node).perform(.createIdentifier, body, as: .owner)?.code == code)
        }
        let full = AdministeredNode()
        full.changes.isFull = true
        #expect(Client(full).perform(.createIdentifier, body, as: .owner)?.code == .serverBusy)
        #expect(full.figures.waitingCount == 0)
    }

    @Test func quotasAreCode2WithATextToThoseWhoDoNotKnow604() {
        var registry = AdministeredRegistry()
        registry.prefixes[0].identifierCountMax = 1
        let answer = Client(AdministeredNode(registry))
            .perform(.createIdentifier, .values("88.118.8/x", [url]), as: .owner)
        #expect(answer?.code == .error)
        #expect(answer?.errorText.contains("1") == true)
    }

    @Test func writesPerSecondAreBoundedAndTheNextSecondHasNew() {
        var registry = AdministeredRegistry()
        registry.prefixes[0].writesPerSecondMax = 2
        let node = AdministeredNode(registry)
        let client = Client(node)
        let codes = (0..<3).map { number in
            client.perform(.createIdentifier, .values("88.118.8/x\(number)", [url]), as: .owner)?.code
        }
        #expect(codes == [.success, .success, .error])
        node.pass(seconds: 1)
        #expect(client.perform(.createIdentifier, .values("88.118.8/x3", [url]), as: .owner)?.code == .success)
    }

    @Test func everyChangeLeavesAnAuditLine() throws {
        let node = AdministeredNode()
        let client = Client(node)
        _ = client.perform(.createIdentifier, .values("88.118.8/x", [url]), as: .owner)
        let entry = try #require(try node.records.entries(after: 0, limit: 100).last)
        let audit = try #require(Audit(origin: entry.origin))
        #expect(audit.administrator == Who.owner.reference)
        #expect(audit.opCode == .createIdentifier)
        #expect(audit.source == client.place.peer.source)
        #expect(audit.port == 40_000)
        #expect(audit.transport == 1)
        #expect(audit.before == nil)
        #expect(audit.after?.count == 16)
    }
}
